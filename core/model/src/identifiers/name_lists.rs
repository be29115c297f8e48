//! Words that are names or none, each list in the order of the alphabet.

/// Small words that come after a title and begin no name: what somebody does, and other things for
/// which "mr" stands.
#[rustfmt::skip]
pub(super) const NO_SMALL_NAMES: &[&str] = &[
    "abdomen", "about", "above", "across", "advice", "advises", "ago", "agrees", "all", "almost",
    "also", "always", "among", "angio", "angiogram", "another", "any", "around", "arthrogram",
    "asks", "ate", "available", "aware", "away", "became", "been", "began", "being", "below",
    "beside", "best", "better", "between", "brain", "breast", "brought", "busy", "call", "called",
    "calls", "came", "can", "cannot", "capsule", "capsules", "cardiac", "caught", "certain",
    "changed", "cholangiogram", "clearly", "colonography", "come", "comes", "compatible",
    "concerned", "conditional", "consultant", "contact", "contrast", "could", "cover", "covering",
    "covers", "daily", "day", "days", "defecating", "department", "did", "didn", "does", "doesn",
    "doing", "done", "down", "drew", "drove", "elastography", "enterography", "even", "ever",
    "explained", "feels", "fell", "felt", "few", "fine", "first", "fluoroscopy", "forgot", "found",
    "free", "gave", "get", "gets", "give", "gives", "giving", "goes", "going", "gone", "good",
    "got", "grew", "guided", "happy", "have", "having", "head", "heart", "held", "help", "helpful",
    "helps", "hers", "him", "himself", "ill", "image", "images", "imaging", "impressed", "informed",
    "instead", "into", "its", "itself", "just", "keen", "keeps", "kept", "kind", "kindly", "knee",
    "knew", "knows", "last", "late", "led", "left", "less", "let", "lets", "letter", "letters",
    "lied", "life", "like", "likes", "list", "lists", "little", "liver", "lives", "long", "looks",
    "lost", "made", "makes", "making", "mammography", "many", "may", "maybe", "means", "met",
    "might", "mild", "mine", "mitral", "moderate", "more", "much", "must", "nearly", "neck", "need",
    "needs", "neither", "never", "nice", "none", "nor", "note", "notes", "off", "often", "once",
    "only", "other", "our", "out", "over", "own", "pelvis", "perhaps", "phone", "phones", "picked",
    "plans", "please", "present", "proctogram", "prolapse", "prostate", "protocol", "put", "puts",
    "quickly", "quite", "ran", "rang", "rarely", "rather", "read", "reads", "ready", "really",
    "referral", "refers", "regurgitation", "release", "report", "reports", "requested", "requiring",
    "result", "results", "review", "reviews", "right", "rightly", "rose", "rota", "round", "rounds",
    "runs", "sadly", "safe", "same", "sat", "saw", "say", "saying", "says", "scan", "scanner",
    "scans", "see", "seeing", "seems", "seen", "sees", "sent", "sequence", "severe", "shall",
    "should", "shoulder", "shouldn", "sick", "signature", "signs", "simply", "slept", "soon",
    "sorry", "speaks", "spectroscopy", "spent", "spine", "spoke", "still", "stood", "stopped",
    "stroke", "such", "suddenly", "suite", "sure", "surgery", "tablet", "tablets", "take", "taken",
    "takes", "taking", "tds", "team", "teams", "tell", "telling", "tells", "than", "thank",
    "thanks", "their", "them", "themselves", "think", "thinks", "though", "thought", "through",
    "thus", "time", "tired", "told", "too", "took", "tricuspid", "tried", "tries", "true", "twice",
    "unavailable", "under", "unhappy", "unless", "unsure", "until", "unwell", "upon", "urogram",
    "used", "useful", "usually", "valve", "venogram", "venography", "very", "visit", "visits",
    "walks", "wants", "ward", "wasn", "way", "well", "went", "weren", "whether", "whom", "whose",
    "will", "willing", "within", "without", "woke", "won", "would", "wouldn", "writes", "wrong",
    "wrote", "yes", "yet", "your", "yours",
];

/// Surnames that end as what somebody did or does.
#[rustfmt::skip]
pub(super) const SURNAMES_LIKE_VERBS: &[&str] = &[
    "ahmed", "alfred", "bunting", "cowling", "creed", "cushing", "darling", "dearing", "dobing",
    "dowling", "downing", "dunning", "fearing", "fielding", "flanning", "fleming", "fred",
    "gelling", "gething", "golding", "gooding", "gosling", "hamed", "hameed", "harding", "harling",
    "harned", "hartling", "hemming", "hilding", "hocking", "jared", "javed", "jelling", "keating",
    "keeling", "khaled", "king", "lessing", "ling", "loring", "majeed", "manning", "mcging", "ming",
    "mohamed", "mohammed", "muhamed", "muhammed", "nasheed", "paulding", "pickering", "rashed",
    "rasheed", "redding", "reding", "reed", "saeed", "sayed", "schelling", "skilling", "snelling",
    "spalding", "speed", "sterling", "stirling", "sweeting", "syed", "tipping", "twining", "wahed",
    "waheed", "waring", "whiting", "wilding", "wilfred", "yelding", "zayed",
];

/// Forenames that many people in the country have.
#[rustfmt::skip]
pub(super) const FORENAMES: &[&str] = &[
    "aaron", "abdul", "abdullah", "abigail", "adam", "adrian", "agnes", "ahmed", "aisha", "alan",
    "albert", "alex", "alexander", "alexandra", "alfred", "ali", "alice", "alison", "amanda",
    "amelia", "amina", "amir", "amy", "andrea", "andrew", "angela", "ann", "anna", "anne", "annie",
    "anthony", "antonio", "arthur", "asha", "ashley", "audrey", "ava", "barbara", "barry",
    "beatrice", "ben", "benjamin", "bernard", "beth", "betty", "beverley", "brenda", "brian",
    "bridget", "bruce", "bryan", "callum", "cameron", "carl", "carol", "caroline", "catherine",
    "charles", "charlie", "charlotte", "chloe", "chris", "christine", "christopher", "claire",
    "clare", "colin", "connor", "craig", "cynthia", "daisy", "daniel", "darren", "dave", "david",
    "dean", "deborah", "debra", "denis", "dennis", "derek", "diana", "diane", "donald", "donna",
    "doreen", "doris", "dorothy", "douglas", "duncan", "dylan", "edith", "edward", "edwin",
    "eileen", "elaine", "eleanor", "elizabeth", "ella", "ellen", "elsie", "emily", "emma", "eric",
    "ernest", "ethan", "ethel", "eva", "evelyn", "farah", "fatima", "fiona", "florence", "frances",
    "francis", "frank", "fred", "frederick", "freya", "gareth", "gary", "gavin", "geoffrey",
    "george", "georgia", "gerald", "geraldine", "gillian", "gladys", "glen", "glenn", "gordon",
    "graham", "gwen", "hannah", "harold", "harriet", "harry", "hassan", "hazel", "heather", "helen",
    "henry", "hilda", "holly", "hugh", "hussain", "ian", "ibrahim", "imran", "iris", "isaac",
    "isabella", "isla", "ivy", "jack", "jackie", "jacob", "jacqueline", "jade", "jake", "james",
    "jamie", "jane", "janet", "janice", "jasmine", "jason", "jean", "jeff", "jeffrey", "jennifer",
    "jenny", "jeremy", "jess", "jessica", "jim", "joan", "joanna", "joanne", "joe", "john",
    "jonathan", "jordan", "joseph", "josephine", "joshua", "joy", "joyce", "juan", "judith",
    "julia", "julian", "julie", "june", "karen", "kate", "katherine", "kathleen", "katie",
    "kayleigh", "keith", "kelly", "ken", "kenneth", "kerry", "kevin", "khadija", "kieran", "kim",
    "kirsty", "kyle", "laura", "lauren", "lee", "leo", "leon", "leonard", "leslie", "lewis", "liam",
    "lilian", "lily", "linda", "lisa", "logan", "lorraine", "louis", "louise", "lucas", "lucy",
    "luke", "lynda", "lynn", "mabel", "malcolm", "margaret", "maria", "marie", "marilyn", "marion",
    "marjorie", "martha", "martin", "mary", "maryam", "matthew", "maureen", "mavis", "maxine",
    "megan", "melanie", "mia", "michael", "michelle", "mildred", "mohamed", "mohammad", "mohammed",
    "moira", "molly", "mona", "muhammad", "muriel", "nadia", "nancy", "naomi", "natalie", "natasha",
    "nathan", "neil", "nellie", "nicholas", "nicola", "nigel", "nina", "noah", "nora", "norma",
    "norman", "olive", "oliver", "olivia", "omar", "oscar", "pamela", "patricia", "patrick", "paul",
    "paula", "pauline", "peggy", "peter", "philip", "phyllis", "polly", "poppy", "priya", "rachel",
    "raj", "ralph", "raymond", "rebecca", "reginald", "rhys", "richard", "rita", "robert", "robin",
    "roger", "ronald", "rosemary", "rosie", "roy", "russell", "ruth", "ryan", "sally", "sam",
    "samantha", "samuel", "sandra", "sanjay", "sara", "sarah", "scott", "sean", "sharon", "sheila",
    "shirley", "simon", "sofia", "sophia", "sophie", "stacey", "stanley", "stella", "stephanie",
    "stephen", "steve", "steven", "stuart", "sue", "susan", "suzanne", "sylvia", "tara", "ted",
    "terence", "teresa", "theresa", "thomas", "timothy", "tina", "toby", "tom", "tony", "tracey",
    "tracy", "trevor", "valerie", "vanessa", "vera", "veronica", "victor", "victoria", "vincent",
    "violet", "walter", "wayne", "wendy", "wilfred", "william", "winifred", "yasmin", "yusuf",
    "yvonne", "zainab", "zara", "zoe",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(
            [NO_SMALL_NAMES, SURNAMES_LIKE_VERBS, FORENAMES].iter().all(|list| list.is_sorted())
        );
    }
}
