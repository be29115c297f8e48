/// What an app asks of charts and pages of a plan beside those it shows most.
public protocol ChartsProtocol: Actor {
  /// The charts of the groups by which a measure is looked at. Numbers that could tell of single
  /// people are hidden.
  func chartsByGroup(_ id: DocumentId, measure: ItemId, width: Int) throws -> [GroupChart]

  /// Whether a new phase should be marked in the chart of a measure: four conditions and a
  /// question, for a person to answer. Nothing is marked.
  func phaseSuggestion(_ id: DocumentId, measure: ItemId) throws -> PhaseSuggestion

  /// Whom such a page calls by other names than this device knows them by: they were renamed since,
  /// or somebody altered their names.
  func otherNamesOnPage(_ html: String) throws -> [OtherName]
}
