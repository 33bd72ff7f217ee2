extension DraftWords {
  /// What a column says about who people are.
  ///
  /// In the order in which they are looked for: "how many children under the age of 18" asks for
  /// children.
  enum Topic: String, CaseIterable {
    case children
    case age
    case gender
    case income
    case occupation
    case education
    case maritalStatus = "marital status"
    case household
    case region

    /// Whether the topic helps to make segments, or only describes them.
    var makesSegments: Bool {
      switch self {
      case .gender, .region: false
      default: true
      }
    }

    var words: [String] {
      switch self {
      case .age:
        [
          "age", "ages", "agep", "alter", "altersgruppe", "altersklasse", "geburtsjahr", "edad",
          "year of birth", "birth year", "agea", "agegrp", "agecat", "yrbrn", "yob",
          "annee de naissance", "ano de nacimiento", "how old",
          "wie alt", "cuantos anos", "agegroup", "age group", "altersgruppen", "jahrgang",
          "tranche d age", "mnthborn", "monthborn", "yearborn", "yrborn", "birthmonth", "birthyear",
          "birth month", "month of birth", "geburtsmonat", "mes de nacimiento", "mois de naissance",
          "grupo de edad", "birth qrtr", "birth quarter", "quarter of birth", "birthqtr",
          "birthdate", "leeftijd", "leeftijdsgroep", "alder", "aldersgrupp", "aldersgruppe", "wiek",
          "grupa wiekowa", "idade",
          "faixa etaria",
          "eta", "fascia d eta", "年齢", "年代",
        ]
      case .gender:
        [
          "gender", "*gender", "*gendr", "sex", "female", "male", "gndr", "geschlecht", "sexe",
          "genre", "sexo",
          "genero", "civilite", "geslacht", "kon", "kjonn", "plec", "płec", "sesso", "性別",
        ]
      case .income:
        [
          "income", "incomes", "rincom*", "*rinc", "salary", "wage", "wages", "earnings",
          "*einkommen*",
          "gehalt", "verdienst", "revenu", "revenus", "salaire", "ingreso", "ingresos", "salario",
          "sueldo", "earn", "earned", "earnings", "hhinc*", "renta",
          "inkomen", "inkomst", "inntekt", "indkomst", "dochod", "renda", "reddito", "年収", "世帯年収",
        ]
      case .occupation:
        [
          "occupation", "occup*", "occ", "occp", "occ*code", "profession", "job", "employment",
          "employment status", "jobcat", "workstatus", "emplstat", "empstat", "wrkst", "wrkstat",
          "work status", "beruf*", "employed", "working status", "working situation", "erwerb*",
          "taetigkeit", "tatigkeit", "metier", "emploi",
          "situation professionnelle", "statut professionnel", "csp", "ocupacion", "profesion",
          "empleo", "situacion laboral", "beroep", "zawod", "profissao", "ocupacao", "professione",
          "職業",
        ]
      case .education:
        [
          "educ*", "*educ", "edu", "schl", "edulvl*", "eduyrs", "eisced", "degree", "schooling",
          "level of school",
          "highest level",
          "qualification",
          "qualifications", "escolaridad", "grado de estudios", "formation", "*bildung",
          "*bildungs*", "*abschluss",
          "diplome", "etudes", "niveau d etudes", "educacion", "estudios", "nivel de estudios",
          "opleiding", "opleidingsniveau", "utbildning", "utdanning", "uddannelse", "wyksztalcenie",
          "wykształcenie", "wykszt",
          "escolaridade",
          "istruzione", "titolo di studio", "学歴",
        ]
      case .maritalStatus:
        [
          "marital*", "*martl", "married", "maritl*", "marstat", "relationship status",
          "rel status",
          "civil status", "relationship status", "relationship",
          "familienstand", "zivilstand", "etat civil", "burgerlijke staat",
          "stan cywilny", "stato civile", "未既婚",
          "situation matrimoniale", "situation familiale", "estado civil",
        ]
      case .children:
        [
          "children", "childs", "kids", "kinder*", "enfant", "enfants", "hijos", "ninos", "nchild*",
          "dzieci", "filhos", "figli", "子供の有無",
        ]
      case .household:
        [
          "household", "hhsize", "hh", "family size", "haushalt*", "menage", "foyer", "hogar",
          "miembros del hogar",
        ]
      case .region:
        [
          "region", "reg", "cregion", "locality", "location", "state", "county", "country",
          "province", "postcode", "zip", "zipcode", "city",
          "place size", "urban", "bundesland", "land", "plz", "postleitzahl", "wohnort", "ort",
          "departement", "code postal", "ville", "cidade", "fylke", "kommun", "kommune",
          "stadt", "citta", "miasto", "pays",
          "provincia", "comunidad",
          "codigo postal", "ciudad", "pais", "provincie", "woonplaats", "wojewodztwo", "woj",
          "regiao",
          "regione", "地域", "都道府県",
        ]
      }
    }
  }
}
