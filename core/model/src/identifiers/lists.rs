//! Lists of words, each in the order of the alphabet.
//!
//! They are no dictionaries: what is not in them is not seen, which is why nothing here ever says
//! that a text is safe.

/// Whether a list in order has a word.
pub(super) fn has(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// Whose names diseases, signs, scores and cycles bear.
#[rustfmt::skip]
pub(super) const EPONYMS: &[&str] = &[
    "addison", "alzheimer", "apgar", "asperger", "baker", "balint", "barrett", "bell", "berger",
    "bowen", "brown", "burkitt", "charcot", "child", "christmas", "creutzfeldt", "crohn", "cushing",
    "down", "dressler", "duchenne", "dupuytren", "ehlers", "ewing", "fallot", "fanconi", "fournier",
    "friedreich", "gibbs", "gilbert", "glasgow", "graves", "guillain", "hartmann", "hashimoto",
    "heberden", "hirschsprung", "hodgkin", "holter", "horner", "huntington", "jakob", "johns",
    "kaposi", "kawasaki", "klinefelter", "kolb", "korsakoff", "lambert", "lewy", "lyme", "lynch",
    "marfan", "mcburney", "meckel", "meniere", "munchausen", "murphy", "ménière", "münchausen",
    "noonan", "osler", "paget", "parkinson", "perthes", "peyronie", "pick", "pott", "ramsay",
    "raynaud", "reiter", "reye", "rinne", "rolfe", "romberg", "schon", "schwartz", "schön",
    "sjogren", "sjögren", "starling", "stevens", "still", "sydenham", "takayasu", "tourette",
    "trousseau", "turner", "virchow", "von", "weber", "wegener", "wells", "wernicke", "whipple",
    "williams", "wilms", "wilson", "wolff",
];

/// What bears such names.
#[rustfmt::skip]
pub(super) const CALLED_AFTER: &[&str] = &[
    "area", "balls", "body", "cells", "chart", "classification", "contracture", "contractures",
    "criteria", "curve", "cycle", "degeneration", "disease", "diverticulum", "dystrophy",
    "encephalopathy", "fracture", "group", "groups", "hernia", "hoffmann", "law", "lymphoma",
    "manoeuvre", "method", "model", "nodes", "oesophagus", "operation", "palsy", "phenomenon",
    "point", "procedure", "pulse", "reflection", "reflex", "round", "rounds", "rule", "sarcoma",
    "score", "sign", "spots", "staging", "symptom", "syndrome", "test", "tetralogy", "tic", "triad",
    "tumour", "ulcer",
];

/// Words for one sex.
#[rustfmt::skip]
pub(super) const SEXES: &[&str] = &[
    "aunt", "boy", "boyfriend", "brother", "dad", "daughter", "father", "female", "gentleman",
    "girl", "girlfriend", "grandad", "granddaughter", "grandfather", "grandma", "grandmother",
    "grandson", "granny", "he", "her", "hers", "him", "his", "husband", "lady", "male", "man",
    "mother", "mr", "mrs", "mum", "nephew", "niece", "she", "sister", "son", "uncle", "widow",
    "widower", "wife", "woman",
];

/// Conditions that have a word of their own; others are known by their endings.
#[rustfmt::skip]
pub(super) const CONDITIONS: &[&str] = &[
    "aids", "alcoholism", "anaemia", "anaphylaxis", "aneurysm", "angina", "anorexia", "anxiety",
    "arrhythmia", "arthritis", "asthma", "autism", "autistic", "bedsore", "blindness",
    "bronchiectasis", "cancer", "cancers", "cardiomyopathy", "cataract", "cataracts", "chlamydia",
    "cholera", "cirrhosis", "cjd", "claustrophobia", "coeliac", "colic", "concussion", "constipation",
    "copd", "covid", "dehydration", "delirium", "dementia", "depression", "diabetes", "diabetic",
    "diphtheria", "dystonia", "eczema", "embolism", "emphysema", "endometriosis", "epilepsy",
    "epileptic", "fibrillation", "fibromyalgia", "fracture", "frailty", "gangrene", "glandular",
    "glaucoma", "gonorrhoea", "gout", "haemophilia", "haemorrhage", "heartburn", "hernia", "hiv",
    "hypertension", "hyperthyroidism", "hypotension", "hypothermia", "hypothyroidism",
    "incontinence", "infarction", "influenza", "jaundice", "leprosy", "leukaemia", "lupus",
    "malaria", "measles", "meningococcal", "menopause", "migraine", "mnd", "mumps", "myeloma",
    "narcolepsy", "obesity", "ocd", "overdose", "paraplegia", "pertussis", "phenylketonuria",
    "pneumonia", "pneumothorax", "poliomyelitis", "porphyria", "preeclampsia", "psoriasis",
    "psychosis", "ptsd", "rabies", "rickets", "rosacea", "rubella", "scabies", "schizophrenia",
    "sciatica", "scoliosis", "scurvy", "seizure", "seizures", "sepsis", "shingles", "stroke",
    "strokes", "suicide", "syncope", "syphilis", "tetanus", "thalassaemia", "thrombosis", "thrush",
    "tia", "tuberculosis", "tumour", "typhoid", "ulcer", "urosepsis", "vertigo", "vitiligo",
];

/// Words that end as conditions do and are none.
#[rustfmt::skip]
pub(super) const NO_CONDITIONS: &[&str] = &[
    "academia", "apathy", "aroma", "bohemia", "diagnosis", "diploma", "empathy", "homeopathy",
    "homoeopathy", "hypnosis", "naturopathy", "oklahoma", "osteopathy", "prognosis", "roma",
    "stoma", "symbiosis", "sympathy", "telepathy",
];

/// Jobs of patients, more often than of those who care for them.
#[rustfmt::skip]
pub(super) const JOBS: &[&str] = &[
    "accountant", "actor", "actress", "apprentice", "architect", "artist", "athlete", "baker",
    "banker", "barber", "barista", "barrister", "bishop", "blacksmith", "bricklayer", "builder",
    "butcher", "carpenter", "cashier", "chef", "childminder", "cleaner", "clergyman", "comedian",
    "composer", "councillor", "courier", "dancer", "decorator", "designer", "driver", "economist",
    "editor", "electrician", "engineer", "farmer", "farmworker", "firefighter", "fisherman",
    "florist", "footballer", "gamekeeper", "gardener", "glazier", "hairdresser", "headmaster",
    "headteacher", "housekeeper", "imam", "jeweller", "jockey", "joiner", "journalist", "judge",
    "labourer", "landlord", "lawyer", "lecturer", "librarian", "lifeguard", "magistrate",
    "mechanic", "miner", "minister", "musician", "novelist", "optician", "painter", "photographer",
    "pilot", "plasterer", "plumber", "policeman", "policewoman", "politician", "postman",
    "postwoman", "priest", "programmer", "publican", "rabbi", "receptionist", "roofer", "sailor",
    "scaffolder", "scientist", "sculptor", "secretary", "shepherd", "shopkeeper", "singer",
    "soldier", "solicitor", "stonemason", "surveyor", "tailor", "teacher", "vet", "veterinarian",
    "vicar", "waiter", "waitress", "welder", "writer", "zookeeper",
];

/// Jobs of those who care for patients: somebody's own after "a" or "an" alone.
#[rustfmt::skip]
pub(super) const CARERS: &[&str] = &[
    "carer", "consultant", "dentist", "dietitian", "doctor", "gp", "midwife", "nurse", "paramedic",
    "pharmacist", "physiotherapist", "podiatrist", "porter", "psychiatrist", "psychologist",
    "radiographer", "receptionist", "scientist", "student", "surgeon", "therapist",
];

/// Towns, boroughs and islands; some are words or people as well, and count after "from" or "in".
#[rustfmt::skip]
pub(super) const TOWNS: &[&str] = &[
    "aberdeen", "aberystwyth", "accrington", "aldershot", "alnwick", "altrincham", "andover",
    "arundel", "ascot", "ashford", "aylesbury", "ayr", "banbury", "bangor", "barnet", "barnsley",
    "barnstaple", "barrow", "basildon", "basingstoke", "batley", "bedford", "belfast", "beverley",
    "bicester", "bideford", "birkenhead", "birmingham", "blackburn", "blackpool", "bodmin",
    "bognor", "bolton", "bournemouth", "bracknell", "bradford", "braintree", "brentwood",
    "bridgend", "bridgwater", "brighton", "bristol", "brixton", "bromley", "burnley", "burton",
    "bury", "cambridge", "canterbury", "cardiff", "carlisle", "carmarthen", "chatham", "chelmsford",
    "cheltenham", "chester", "chesterfield", "chichester", "chippenham", "clacton", "cleethorpes",
    "colchester", "corby", "coventry", "crawley", "crewe", "cromer", "croydon", "cumbernauld",
    "darlington", "dartford", "derby", "derry", "diss", "doncaster", "dorchester", "dorking",
    "douglas", "dover", "dudley", "dumfries", "dundee", "dunfermline", "durham", "eastbourne",
    "edinburgh", "elgin", "ely", "enfield", "epsom", "evesham", "exeter", "falkirk", "falmouth",
    "fareham", "farnborough", "felixstowe", "folkestone", "gateshead", "gillingham", "glasgow",
    "glossop", "gloucester", "gosport", "grantham", "gravesend", "greenock", "grimsby", "guernsey",
    "guildford", "hackney", "halifax", "harlow", "harrogate", "harrow", "hartlepool", "harwich",
    "hastings", "hatfield", "havant", "haverfordwest", "hemel", "hereford", "hertford", "hexham",
    "hitchin", "hounslow", "huddersfield", "hull", "hunstanton", "huntingdon", "inverness",
    "ipswich", "islington", "jersey", "keighley", "kendal", "kettering", "kidderminster",
    "kilmarnock", "kirkcaldy", "lambeth", "lancaster", "launceston", "leamington", "leeds",
    "leicester", "lerwick", "letchworth", "lewes", "lewisham", "lichfield", "lincoln", "lisburn",
    "liverpool", "livingston", "llandudno", "llanelli", "london", "loughborough", "louth",
    "lowestoft", "ludlow", "luton", "macclesfield", "maidenhead", "maidstone", "maldon", "malvern",
    "manchester", "mansfield", "margate", "matlock", "melton", "merthyr", "middlesbrough",
    "minehead", "morecambe", "motherwell", "newark", "newbury", "newcastle", "newham", "newmarket",
    "newport", "newquay", "newry", "newtownabbey", "northallerton", "northampton", "norwich",
    "nottingham", "nuneaton", "oban", "oldham", "omagh", "orkney", "oswestry", "oxford", "paignton",
    "paisley", "peckham", "penrith", "penzance", "perth", "peterborough", "peterhead", "plymouth",
    "pontefract", "pontypridd", "poole", "portsmouth", "potters", "preston", "ramsgate", "redcar",
    "redditch", "redruth", "reigate", "rhyl", "richmond", "ripon", "rochdale", "rochester",
    "romford", "rotherham", "royston", "rugby", "runcorn", "ryde", "saffron", "salford",
    "salisbury", "scarborough", "scunthorpe", "sevenoaks", "sheffield", "shrewsbury",
    "sittingbourne", "skegness", "slough", "solihull", "southampton", "southend", "southport",
    "southwark", "spalding", "stafford", "staines", "stamford", "stevenage", "stirling",
    "stockport", "stockton", "stornoway", "stourbridge", "stowmarket", "stranraer", "stratford",
    "stroud", "sudbury", "sunderland", "sutton", "swaffham", "swanage", "swansea", "swindon",
    "tamworth", "taunton", "telford", "thanet", "thetford", "thurrock", "tiverton", "torquay",
    "totnes", "tottenham", "trowbridge", "truro", "tunbridge", "twickenham", "uxbridge",
    "wakefield", "wallasey", "walsall", "walthamstow", "warrington", "warwick", "watford",
    "wellingborough", "wells", "welwyn", "weymouth", "whitby", "whitehaven", "whitstable", "wigan",
    "winchester", "windsor", "wisbech", "woking", "wolverhampton", "woolwich", "worcester",
    "workington", "worksop", "worthing", "wrexham", "wycombe", "yarmouth", "yeovil", "york",
];

/// Those towns that are more often something else.
#[rustfmt::skip]
pub(super) const AMBIGUOUS_TOWNS: &[&str] = &[
    "barrow", "burton", "bury", "derby", "diss", "douglas", "hull", "lincoln", "perth", "potters",
    "preston", "richmond", "rugby", "stamford", "stratford", "sutton", "wells", "windsor",
];

/// What is called after people.
#[rustfmt::skip]
pub(super) const NAMED_PLACES: &[&str] = &[
    "academy", "avenue", "award", "building", "centre", "clinic", "close", "college", "court",
    "crescent", "drive", "foundation", "gardens", "grove", "hospice", "hospital", "house",
    "infirmary", "inquiry", "institute", "lane", "lecture", "library", "prize", "report", "review",
    "road", "school", "society", "square", "street", "suite", "surgery", "theatre", "trust", "unit",
    "ward", "way", "wing",
];

/// Words with a capital that are no surname after a title.
#[rustfmt::skip]
pub(super) const NO_NAMES: &[&str] = &[
    "a", "after", "again", "although", "and", "angiogram", "angiography", "are", "as", "associate",
    "at", "background", "because", "before", "bloods", "both", "but", "by", "chancellor", "clinic",
    "consultant", "day", "despite", "during", "each", "eventually", "every", "everyone", "exam",
    "examination", "finally", "for", "friday", "from", "google", "had", "has", "he", "her", "here",
    "his", "history", "how", "however", "i", "if", "imaging", "impression", "in", "initially", "is",
    "it", "justice", "later", "looking", "luckily", "madam", "manager", "mayor", "monday", "most",
    "mr", "mri", "my", "next", "no", "not", "now", "nurse", "of", "office", "on", "once", "one",
    "or", "our", "patient", "patients", "plan", "practitioner", "reg", "registrar", "said",
    "saturday", "scan", "scanner", "scans", "she", "since", "so", "society", "some", "soon",
    "specialist", "spectroscopy", "sunday", "teams", "that", "the", "then", "there", "these",
    "they", "this", "thursday", "to", "today", "together", "tomorrow", "tonight", "trust",
    "tuesday", "unfortunately", "until", "was", "we", "wednesday", "were", "what", "when", "where",
    "which", "while", "who", "why", "with", "word", "yesterday", "you",
];

/// Stages of a life.
#[rustfmt::skip]
pub(super) const STAGES: &[&str] = &[
    "adolescent", "elderly", "infant", "neonate", "newborn",
    "octogenarian", "pensioner", "septuagenarian", "teenage", "teenaged", "teenager", "toddler",
];

/// Where patients come from without a town.
#[rustfmt::skip]
pub(super) const DEPARTMENTS: &[&str] = &[
    "accident", "acute", "cardiology", "casualty", "clinic", "emergency", "geriatrics",
    "gynaecology", "haematology", "intensive", "maternity", "medicine", "neurology", "nursing",
    "occupational", "oncology", "orthopaedics", "outpatients", "paediatrics", "physiotherapy",
    "psychiatry", "radiology", "recovery", "resus", "surgery", "theatre", "theatres", "urology",
    "ward", "wards",
];

/// Words by which a sentence is about a patient.
#[rustfmt::skip]
pub(super) const PATIENTS: &[&str] = &[
    "admitted", "baby", "boy", "child", "daughter", "deceased", "delivered", "died", "discharged",
    "father", "gentleman", "girl", "husband", "infant", "lady", "man", "mother", "operated",
    "patient", "patients", "presented", "pt", "readmitted", "resident", "son", "transferred",
    "twin", "wife", "woman",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        let towns = [TOWNS, AMBIGUOUS_TOWNS, DEPARTMENTS, STAGES, PATIENTS];
        let names = [EPONYMS, CALLED_AFTER, NAMED_PLACES, NO_NAMES];
        let lists = [SEXES, CONDITIONS, NO_CONDITIONS, JOBS, CARERS];
        for list in towns.into_iter().chain(names).chain(lists) {
            assert!(list.is_sorted(), "{:?}", list.windows(2).find(|two| two[0] > two[1]));
        }
        assert!(AMBIGUOUS_TOWNS.iter().all(|town| has(TOWNS, town)));
    }
}
