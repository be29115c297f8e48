import EnhanceKit

extension FakeLearningCore {
  /// The values of each group alone, of which none are hidden.
  public func chartsByGroup(
    _ id: DocumentId, measure: ItemId, width: Int
  ) throws -> [GroupChart] {
    try ask { shelf throws(CoreError) in
      let plan = try shelf.project(id).project
      let seen = plan.observations.map(\.observation).filter { $0.measure == measure }
      let groups = seen.map(\.group).filter { !$0.isEmpty }.once.sorted()
      var charts: [GroupChart] = []
      for group in groups {
        let own = plan.copy(
          observations: plan.observations.filter { $0.observation.group == group })
        guard let chart = own.chart(of: measure) else {
          throw .notFound(.measure, measure.rawValue)
        }
        charts.append(GroupChart(group: group, chart: chart))
      }
      return charts
    }
  }

  /// The fake looks for no signals, and so suggests nothing.
  public func phaseSuggestion(_ id: DocumentId, measure: ItemId) throws -> PhaseSuggestion {
    try ask { shelf throws(CoreError) in
      _ = try shelf.chart(id, measure)
      return PhaseSuggestion(at: nil, conditions: [], question: "")
    }
  }

  /// Nobody has another name in memory than on a page.
  public func otherNamesOnPage(_ html: String) throws -> [OtherName] {
    try ask { shelf throws(CoreError) in
      _ = try shelf.verify(html)
      return []
    }
  }
}
