//! What may stand below a title of the list.

use crate::board::posting::words;

words! {
    /// One thing that a posting says of itself.
    Fact {
        /// Who hires.
        Company = "company",
        /// Where.
        Locations = "locations",
        /// The group within the company.
        Team = "team",
        /// On site, hybrid, remote.
        Workplace = "workplace",
        /// Full time and so on.
        Employment = "employment",
        /// Junior, senior and so on.
        Level = "level",
        /// Years of experience.
        Years = "years",
        /// The pay.
        Salary = "salary",
        /// The day it was published.
        Posted = "posted",
        /// The last day of applications.
        Closes = "closes",
        /// Free words.
        Tags = "tags",
    }
}
