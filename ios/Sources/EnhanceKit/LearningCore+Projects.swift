extension LearningCore {
  public func createProject(
    title: String, topic: String, setting: String
  ) throws -> DocumentId {
    try ask { try $0.createProject(title: title, topic: topic, setting: setting) }
  }

  public func createProjectFrom(
    _ recipe: RecipeSource, title: String, setting: String
  ) throws -> DocumentId {
    try ask { try $0.createProjectFrom(recipe: recipe, title: title, setting: setting) }
  }

  public func recipes() throws -> [RecipeSummary] {
    try ask { try $0.recipes() }
  }

  public func recipe(_ id: DocumentId) throws -> String {
    try ask { try $0.recipe(id: id) }
  }

  public func chart(_ id: DocumentId, measure: ItemId, width: Int) throws -> ChartView {
    try ask { try $0.chart(id: id, measure: measure, width: width) }
  }

  public func projectPage(_ id: DocumentId) throws -> String {
    try ask { try $0.projectPage(id: id) }
  }

  public func projectPageAcknowledged(_ id: DocumentId, acknowledged: Sha256) throws -> String {
    try ask { try $0.projectPageAcknowledged(id: id, acknowledged: acknowledged) }
  }

  public func verifyPage(_ html: String) throws -> PageVerdict {
    try ask { try $0.verifyPage(html: html) }
  }

  public func planChecks(_ id: DocumentId) throws -> [PlanCheck] {
    try ask { try $0.planChecks(id: id) }
  }

  public func findings(of project: DocumentId) throws -> [Finding] {
    try ask { try $0.findingsOf(project: project) }
  }

  public func projects(after: ListPosition?, limit: Int) throws -> Portion<DocumentSummary> {
    try ask { Portion(try $0.projects(after: after, limit: limit)) }
  }

  public func project(_ id: DocumentId) throws -> ProjectView {
    try ask { try $0.project(id: id) }
  }

  @discardableResult
  public func editProject(
    _ id: DocumentId, base: Version?, edits: [ProjectEdit]
  ) throws -> Version {
    try ask { try $0.editProject(id: id, base: base, edits: edits) }
  }

  @discardableResult
  public func tick(
    _ project: DocumentId, tally: ItemId, numerator: Int, denominator: Int
  ) throws -> ObservedValue {
    try ask {
      try $0.tick(
        project: project, tally: tally, numerator: Int32(clamping: numerator),
        denominator: Int32(clamping: denominator))
    }
  }

  public func newItemId() throws -> ItemId {
    try ask { $0.newItemId() }
  }

  @discardableResult
  public func comment(
    _ project: DocumentId, body: String, anchor: String
  ) throws -> ItemId {
    try ask { try $0.comment(project: project, body: body, anchor: anchor) }
  }

  public func editComments(_ project: DocumentId, edits: [CommentEdit]) throws {
    try ask { try $0.editComments(project: project, edits: edits) }
  }

  public func history(_ id: DocumentId) throws -> [HistoryView] {
    try ask { try $0.history(id: id) }
  }

  public func sittings(
    _ id: DocumentId, before: Version?, limit: Int
  ) throws -> Portion<SittingView> {
    try ask { Portion(try $0.sittings(id: id, before: before, limit: limit)) }
  }

  public func projectAt(_ id: DocumentId, version: Version) throws -> ChangeProject {
    try ask { try $0.projectAt(id: id, version: version) }
  }

  public func textAuthors(_ id: DocumentId, field: TextField) throws -> [TextPart] {
    try ask { try $0.textAuthors(id: id, field: field) }
  }

  public func fieldAuthors(_ id: DocumentId) throws -> [String: Person?] {
    try ask { try $0.fieldAuthors(id: id) }
  }
}
