extension LearningCore {
  public func createProject(
    title: String, topic: String, setting: String
  ) throws(CoreError) -> DocumentId {
    try ask { try $0.createProject(title: title, topic: topic, setting: setting) }
  }

  public func projects(offset: Int, limit: Int) throws(CoreError) -> [DocumentSummary] {
    try ask { try $0.projects(offset: offset, limit: limit) }
  }

  public func project(_ id: DocumentId) throws(CoreError) -> ProjectView {
    try ask { try $0.project(id: id) }
  }

  @discardableResult
  public func editProject(
    _ id: DocumentId, base: Version?, edits: [ProjectEdit]
  ) throws(CoreError) -> Version {
    try ask { try $0.editProject(id: id, base: base, edits: edits) }
  }

  public func newItemId() throws(CoreError) -> ItemId {
    try ask { $0.newItemId() }
  }

  @discardableResult
  public func comment(
    _ project: DocumentId, body: String, anchor: String
  ) throws(CoreError) -> ItemId {
    try ask { try $0.comment(project: project, body: body, anchor: anchor) }
  }

  public func editComments(_ project: DocumentId, edits: [CommentEdit]) throws(CoreError) {
    try ask { try $0.editComments(project: project, edits: edits) }
  }

  public func addMember(_ project: DocumentId, person: PersonId, right: Right) throws(CoreError) {
    try ask { try $0.addMember(project: project, person: person, right: right) }
  }

  public func removeMember(_ project: DocumentId, person: PersonId) throws(CoreError) {
    try ask { try $0.removeMember(project: project, person: person) }
  }

  public func history(_ id: DocumentId) throws(CoreError) -> [HistoryView] {
    try ask { try $0.history(id: id) }
  }

  public func projectAt(_ id: DocumentId, version: Version) throws(CoreError) -> ChangeProject {
    try ask { try $0.projectAt(id: id, version: version) }
  }

  public func textAuthors(_ id: DocumentId, field: TextField) throws(CoreError) -> [TextPart] {
    try ask { try $0.textAuthors(id: id, field: field) }
  }

  public func fieldAuthors(_ id: DocumentId) throws(CoreError) -> [String: Person?] {
    try ask { try $0.fieldAuthors(id: id) }
  }
}
