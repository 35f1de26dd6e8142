"""What the packages lack or have in another way than postings write it."""

# Short English names of countries where GeoNames has another.
COUNTRY_NAMES = {
    "AX": "Åland Islands", "BQ": "Caribbean Netherlands", "CD": "DR Congo", "CG": "Republic of the Congo",
    "CI": "Ivory Coast", "CZ": "Czech Republic", "MO": "Macao", "PS": "Palestine", "VA": "Vatican City",
    "CC": "Cocos Islands", "CW": "Curaçao", "RE": "Réunion", "BL": "Saint Barthélemy", "ST": "São Tomé and Príncipe",
    "NL": "Netherlands", "TL": "Timor-Leste", "TR": "Turkey", "SX": "Sint Maarten", "MK": "North Macedonia",
    "XK": "Kosovo",
}

# More names that postings use, by country.
COUNTRY_ALIASES = {
    "AE": "UAE|the UAE|Emirates|the Emirates", "BA": "Bosnia|Bosnia & Herzegovina", "BS": "the Bahamas",
    "CD": "DRC|Democratic Republic of the Congo|Democratic Republic of Congo|Congo Kinshasa",
    "CG": "Congo|Congo Brazzaville", "CI": "Cote d'Ivoire|Côte d'Ivoire", "CN": "PRC|PR China|P.R. China|Mainland China|People's Republic of China|China mainland",
    "CV": "Cape Verde|Cabo Verde", "CZ": "Czechia|Czech", "DE": "Federal Republic of Germany|BRD",
    "DO": "Dominican Rep", "GB": "UK|the UK|the United Kingdom|Great Britain|Britain|United Kingdom of Great Britain and Northern Ireland",
    "GM": "the Gambia", "HK": "Hong Kong SAR|Hong Kong SAR China|Hong Kong S.A.R.|Hong Kong China", "IE": "Republic of Ireland|Eire",
    "IR": "Islamic Republic of Iran", "KP": "North Korea|DPRK", "KR": "Korea|Republic of Korea|South Korea|Korea Republic of|Korea South",
    "LA": "Laos|Lao PDR", "MD": "Republic of Moldova|Moldova", "MK": "Macedonia|FYROM", "MM": "Burma|Myanmar",
    "MO": "Macau|Macau SAR|Macao SAR", "NL": "the Netherlands|Holland|The Netherlands", "PH": "the Philippines|Phillipines|Philippines",
    "RU": "Russian Federation", "SA": "KSA|Kingdom of Saudi Arabia|Saudi", "SY": "Syrian Arab Republic", "SZ": "Swaziland",
    "TL": "East Timor", "TR": "Türkiye|Turkiye|Republic of Türkiye", "TT": "Trinidad & Tobago|Trinidad",
    "TW": "Taiwan ROC|Taiwan R.O.C.|Taiwan Province of China|Chinese Taipei",
    "TZ": "United Republic of Tanzania|Tanzania",
    "US": "USA|U.S.|U.S.A.|the United States|the US|the USA|United States of America|the United States of America|America|"
          "Continental US|Contiguous US|Continental United States|Contiguous United States|Stati Uniti|US of A|United States USA|United State",
    "VA": "Holy See", "VN": "Viet Nam", "VE": "Bolivarian Republic of Venezuela", "XK": "Kosova", "ZA": "RSA|Republic of South Africa",
}

# Languages whose names of countries are kept, beside each country's own.
LANGUAGES = (
    "en de fr es it pt nl pl sv da nb fi cs sk hu ro tr ru uk el ar he hi zh zh_Hant ja ko th vi id ca".split()
)

# GeoNames' code of a first-level region, where its name does not lead to the one of ISO 3166-2.
REGIONS = {
    "FR": {"11": "IDF", "24": "CVL", "27": "BFC", "28": "NOR", "32": "HDF", "44": "GES", "52": "PDL", "53": "BRE",
           "75": "NAQ", "76": "OCC", "84": "ARA", "93": "PAC", "94": "20R"},
    "IT": {"01": "65", "02": "77", "03": "78", "04": "72", "05": "45", "06": "36", "07": "62", "08": "42", "09": "25",
           "10": "57", "11": "67", "12": "21", "13": "75", "14": "88", "15": "82", "16": "52", "17": "32", "18": "55",
           "19": "23", "20": "34"},
    "IE": {"L": "L", "C": "C", "M": "M", "U": "U"},
    "NO": {"61": "03", "12": "03", "46": "46", "33": "34", "42": "42", "50": "50", "11": "11", "14": "11", "15": "15",
           "08": "15", "18": "18", "09": "18", "31": "31", "32": "32", "39": "39", "40": "40", "34": "34", "55": "55", "56": "56"},
    "DE": {"01": "BW"},
    "PL": {"72": "02", "79": "16", "80": "18", "81": "20", "82": "22", "83": "24", "85": "28", "87": "32"},
    "SE": {"15": "T", "03": "X", "07": "Z", "08": "F", "16": "E", "18": "D", "22": "S", "23": "AC", "24": "Y", "25": "U", "28": "O"},
    "ES": {"60": "VC", "54": "CM", "55": "CL", "32": "NC"},
    "IN": {"07": "DL", "12": "JK", "32": "DH", "52": "DH"},
    "AR": {"07": "C"}, "CL": {"04": "AR"}, "CO": {"34": "DC", "25": "SAP"}, "PE": {"03": "APU", "07": "CAL"}, "VE": {"25": "A"},
    "CZ": {"78": "64"}, "DK": {"21": "83"}, "HU": {"06": "CS"}, "LT": {"60": "PN", "65": "VL"}, "LV": {"11": "JEL", "23": "REZ", "32": "VEN"},
    "BA": {"01": "BIH"}, "BY": {"03": "HR", "04": "HM", "05": "MI"}, "GR": {"ESYE11": "A", "ESYE13": "C", "ESYE23": "G", "ESYE41": "K", "ESYE42": "L"},
    "BD": {"81": "C", "82": "D", "83": "E", "84": "B", "85": "A", "86": "G", "87": "F"},
    "MY": {"14": "14", "17": "16"}, "ID": {"10": "YO"}, "NZ": {"F3": "MWT"}, "GE": {"71": "SZ"}, "UZ": {"13": "TK", "14": "TO"},
    "EG": {"11": "C"}, "IQ": {"07": "BG"}, "KW": {"08": "HA"}, "OM": {"06": "MA"}, "QA": {"01": "DA"},
    "AO": {"12": "MAL"}, "BJ": {"16": "OU"}, "ET": {"46": "AM"}, "MZ": {"11": "MPM"}, "NG": {"56": "NA"},
    "UA": {"12": "30"},
    "RU": {"47": "MOS", "48": "MOW"},
    "IL": {"06": "JM", "05": "TA", "04": "HA", "02": "M", "03": "Z", "01": "D"},
}

# Codes that postings write and ISO 3166-2 does not have (any more), with the region's own.
CODES = {
    "AT": {"W": "9", "NÖ": "3", "OÖ": "4", "NOE": "3", "OOE": "4", "STMK": "6", "SBG": "5", "VBG": "8", "BGLD": "1", "KTN": "2"},
    "CA": {"PQ": "QC", "NF": "NL", "NFLD": "NL", "PEI": "PE", "SASK": "SK", "ALTA": "AB", "ONT": "ON", "QUE": "QC", "MAN": "MB"},
    "IN": {"TG": "TS", "TS": "TS", "OR": "OD", "OD": "OD", "CT": "CG", "CG": "CG", "UK": "UK", "UT": "UK", "UA": "UK"},
    "MX": {"CDMX": "CMX", "DF": "CMX", "NL": "NLE", "QRO": "QUE", "GTO": "GUA"},
    "PL": {"DS": "02", "KP": "04", "LU": "06", "LB": "08", "LD": "10", "MA": "12", "MZ": "14", "OP": "16", "PK": "18",
           "PD": "20", "PM": "22", "SL": "24", "SK": "26", "WN": "28", "WP": "30", "ZP": "32"},
    "GB": {"ENG": "ENG", "SCT": "SCT", "WLS": "WLS", "NIR": "NIR"},
    "AU": {"WA": "WA"},
    "US": {"DC": "DC", "MASS": "MA", "PENN": "PA", "FLA": "FL", "TEX": "TX", "COLO": "CO", "ILL": "IL", "CONN": "CT", "WASH": "WA", "MICH": "MI", "MINN": "MN", "TENN": "TN", "WISC": "WI", "ORE": "OR", "ARIZ": "AZ"},
}

# Names of regions beside those of GeoNames and ISO 3166-2.
REGION_ALIASES = {
    "US-DC": "District of Columbia|Washington DC", "US-CA": "Bay Area|SF Bay Area|San Francisco Bay Area|Silicon Valley|Southern California|Northern California",
    "US-NY": "New York State|State of New York|Upstate New York", "US-WA": "Washington State|State of Washington|WA State",
    "DE-NW": "NRW|Nordrhein Westfalen", "DE-BW": "BaWü", "GB-WLS": "Wales|Cymru",
    "CA-QC": "Québec|Province of Québec", "CA-BC": "Colombie-Britannique|Okanagan", "CA-NL": "Newfoundland|Labrador",
    "IN-DL": "Delhi NCR|NCR|Delhi|National Capital Territory of Delhi|NCT of Delhi", "IN-OD": "Orissa", "IN-TN": "Tamilnadu",
    "IN-PY": "Pondicherry", "MX-CMX": "Distrito Federal", "PH-00": "Metro Manila|NCR|National Capital Region", "TH-10": "Bangkok",
    "CH-GE": "Genève|Geneva|Genf", "CH-VD": "Vaud|Waadt", "CH-LU": "Lucerne|Luzern", "CH-BE": "Berne|Bern",
    "ES-CT": "Catalonia|Cataluña|Catalunya|Katalonien", "ES-MD": "Madrid|Comunidad de Madrid|Community of Madrid",
    "ES-PV": "Basque Country|País Vasco|Euskadi", "ES-AN": "Andalusia|Andalucía", "ES-VC": "Valencia|Comunidad Valenciana|Valencian Community",
    "BE-BRU": "Brussels|Brussels Region|Brussels-Capital|Bruxelles-Capitale|Brussels Capital Region", "BE-VLG": "Flanders|Vlaanderen|Flandern", "BE-WAL": "Wallonia|Wallonie",
    "NL-NH": "North Holland|Noord-Holland", "NL-ZH": "South Holland|Zuid-Holland", "NL-NB": "North Brabant|Noord-Brabant",
    "FR-IDF": "Île-de-France|Ile-de-France|Paris Region|Région parisienne", "FR-ARA": "Auvergne-Rhône-Alpes", "FR-PAC": "PACA|Provence-Alpes-Côte-d'Azur",
    "IT-25": "Lombardy", "IT-52": "Tuscany", "IT-21": "Piedmont", "IT-75": "Apulia|Puglia",
    "AE-DU": "Dubai|Dubayy", "AE-AZ": "Abu Dhabi", "IL-TA": "Tel Aviv District|Tel Aviv", "IL-M": "Central District|HaMerkaz|Center District", "IL-HA": "Haifa District", "IL-JM": "Jerusalem District", "IL-Z": "Northern District", "IL-D": "Southern District",
    "BR-DF": "Federal District|Distrito Federal", "BR-SP": "State of São Paulo|Estado de São Paulo",
    "IE-D": "", "PL-14": "Masovia|Mazowieckie|Masovian", "PL-12": "Lesser Poland|Małopolskie|Lesser Poland Voivodeship", "PL-02": "Lower Silesia|Dolnośląskie",
    "PL-24": "Silesia|Śląskie", "PL-22": "Pomerania|Pomorskie", "PL-30": "Greater Poland|Wielkopolskie", "PL-10": "Łódź Voivodeship|Łódzkie",
    "KR-11": "Seoul", "JP-13": "Tokyo", "JP-27": "Osaka", "JP-26": "Kyoto",
}

# English names of regions where the sources have another.
REGION_NAMES = {
    "IN-DL": "Delhi", "IN-JK": "Jammu and Kashmir", "AR-C": "Buenos Aires City", "CO-DC": "Bogotá", "ID-YO": "Yogyakarta",
    "SE-T": "Örebro", "SE-X": "Gävleborg", "SE-Z": "Jämtland", "SE-F": "Jönköping", "SE-E": "Östergötland", "SE-D": "Södermanland",
    "SE-S": "Värmland", "SE-AC": "Västerbotten", "SE-Y": "Västernorrland", "SE-U": "Västmanland", "SE-O": "Västra Götaland",
    "BJ-OU": "Ouémé", "BY-HR": "Grodno", "CL-AR": "Araucanía", "CO-SAP": "San Andrés y Providencia", "EG-C": "Cairo", "HU-CS": "Csongrád-Csanád",
    "IQ-BG": "Baghdad", "KW-HA": "Hawalli", "NG-NA": "Nasarawa", "NZ-MWT": "Manawatū-Whanganui", "OM-MA": "Muscat", "PE-APU": "Apurímac",
    "QA-DA": "Doha", "UZ-TO": "Tashkent", "VE-A": "Distrito Capital",
    "DK-83": "Southern Denmark", "ES-CM": "Castilla-La Mancha", "ES-CL": "Castile and León",
    "GB-WLS": "Wales", "BE-BRU": "Brussels", "BE-VLG": "Flanders", "BE-WAL": "Wallonia", "ES-PV": "Basque Country",
    "ES-MD": "Madrid", "ES-CT": "Catalonia", "ES-VC": "Valencia", "ES-NC": "Navarre", "ES-AN": "Andalusia", "IN-OD": "Odisha",
    "FR-IDF": "Île-de-France", "FR-PAC": "Provence-Alpes-Côte d'Azur", "FR-ARA": "Auvergne-Rhône-Alpes", "FR-BRE": "Brittany",
    "FR-NOR": "Normandy", "FR-20R": "Corsica", "FR-GES": "Grand Est", "FR-HDF": "Hauts-de-France", "FR-OCC": "Occitanie",
    "FR-NAQ": "Nouvelle-Aquitaine", "FR-PDL": "Pays de la Loire", "FR-BFC": "Bourgogne-Franche-Comté", "FR-CVL": "Centre-Val de Loire",
    "CA-QC": "Quebec", "IT-21": "Piedmont", "IT-23": "Aosta Valley", "IT-25": "Lombardy", "IT-32": "Trentino-Alto Adige", "IT-34": "Veneto",
    "IT-36": "Friuli Venezia Giulia", "IT-42": "Liguria", "IT-45": "Emilia-Romagna", "IT-52": "Tuscany", "IT-55": "Umbria", "IT-57": "Marche",
    "IT-62": "Lazio", "IT-65": "Abruzzo", "IT-67": "Molise", "IT-72": "Campania", "IT-75": "Apulia", "IT-77": "Basilicata", "IT-78": "Calabria",
    "IT-82": "Sicily", "IT-88": "Sardinia", "IL-TA": "Tel Aviv", "IL-M": "Central District", "IL-HA": "Haifa", "IL-JM": "Jerusalem", "IL-Z": "Northern District", "IL-D": "Southern District",
    "PH-00": "Metro Manila", "TH-10": "Bangkok", "MX-CMX": "Mexico City", "NL-FR": "Friesland", "CN-BJ": "Beijing", "CN-SH": "Shanghai",
    "CN-TJ": "Tianjin", "CN-CQ": "Chongqing",
}

# Countries whose second-level codes postings write; each counts as the first-level region it lies in.
SECOND_LEVEL = {"BE", "ES", "IT"}

# Display names of cities (by GeoNames id) where GeoNames has not the one that English postings use.
CITY_NAMES = {
    5128581: "New York", 2886242: "Cologne", 2825297: "Stuttgart", 2861650: "Nuremberg", 2661604: "Basel",
    2950159: "Berlin", 2267057: "Lisbon", 3117735: "Madrid", 4140963: "Washington", 293397: "Tel Aviv",
    1581130: "Hanoi", 524901: "Moscow", 3441575: "Montevideo",
}

# Other names, by GeoNames id: abbreviations, and names that GeoNames has under other places or not at all.
CITY_ALIASES = {
    5128581: "NYC|New York City|New York NY|Big Apple", 5391959: "SF|San Fran|San Francisco CA", 5368361: "LA|L.A.|Los Angeles CA",
    4140963: "DC|D.C.|Washington DC|Washington D.C.", 3530597: "CDMX|Mexico DF|México D.F.|Ciudad de México|Mexico City", 4560349: "Philly",
    5506956: "Vegas", 4684888: "Dallas Fort Worth|DFW|Dallas Fort Worth Metroplex", 5780993: "SLC", 1566083: "HCMC|Saigon|Ho Chi Minh|TP HCM|Ho-Chi-Minh-City",
    1735161: "KL", 1819729: "HK", 1277333: "Bangalore|Bengalooru|Banglore|Bengalore", 1270642: "Gurugram|Gurgaon|Gurugaon", 1275339: "Bombay", 1275004: "Calcutta",
    1264527: "Madras", 1259229: "Poona", 1273874: "Cochin", 1254163: "Trivandrum", 1253573: "Baroda", 1273294: "Delhi|New Delhi NCR", 1261481: "New Delhi",
    7279746: "Noida", 293397: "Tel Aviv|Tel-Aviv|Tel Aviv Yafo|Tel Aviv-Jaffa", 703448: "Kyiv|Kiev", 3451190: "Rio", 3448439: "Sampa|Sao Paulo", 2643743: "Greater London|London Area|London Metropolitan Area|City of London",
    2925533: "Frankfurt|Frankfurt Main|Frankfurt/Main|Frankfurt a.M.|Frankfurt a. M.|Frankfurt am Main|FFM", 2867714: "München|Munich", 6167865: "North York|East York|Etobicoke|Scarborough|Greater Toronto Area", 6173331: "Vancouver BC|Greater Vancouver",
    6077243: "Montréal", 2759794: "A'dam", 2747891: "R'dam", 2747373: "Den Haag|s-Gravenhage|La Haye", 4887398: "Chicagoland",
    2158177: "Melb", 4930956: "Greater Boston|Boston Area", 5809844: "Seattle Area|Greater Seattle Area", 
    2618425: "København|Copenhagen|Kbh", 2800866: "Brussels|Bruxelles|Brüssel|Brussel", 756135: "Warszawa|Warsaw", 1850147: "Tokio",
    1259425: "Pondicherry", 2964574: "Dublin", 1668341: "Taipei City", 1835848: "Seoul", 1185241: "Dacca|Dhaka",
    745044: "Istanbul|Constantinople", 1701668: "Metro Manila",
}
