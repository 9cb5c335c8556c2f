/** The last day of districts, and of communes before they were put together: what is counted of them ends here for ever. */
export const lastDayOfDistricts = "2025-06-30";
