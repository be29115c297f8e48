extension LearningCore {
  public func chartsByGroup(
    _ id: DocumentId, measure: ItemId, width: Int
  ) throws -> [GroupChart] {
    try ask { try $0.chartsByGroup(id: id, measure: measure, width: width) }
  }

  public func phaseSuggestion(_ id: DocumentId, measure: ItemId) throws -> PhaseSuggestion {
    try ask { try $0.phaseSuggestion(id: id, measure: measure) }
  }

  public func otherNamesOnPage(_ html: String) throws -> [OtherName] {
    try ask { try $0.otherNamesOnPage(html: html) }
  }
}
