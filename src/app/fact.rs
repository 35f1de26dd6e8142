//! Facts that can be shown below a title of the list.

use crate::board::posting::words;

words! {
    /// A fact of a posting.
    Fact {
        /// Company.
        Company = "company",
        /// Locations.
        Locations = "locations",
        /// Team.
        Team = "team",
        /// Workplace.
        Workplace = "workplace",
        /// Employment.
        Employment = "employment",
        /// Level.
        Level = "level",
        /// Years of experience.
        Years = "years",
        /// Pay.
        Salary = "salary",
        /// Date of publication.
        Posted = "posted",
        /// Closing date.
        Closes = "closes",
        /// Tags.
        Tags = "tags",
    }
}
