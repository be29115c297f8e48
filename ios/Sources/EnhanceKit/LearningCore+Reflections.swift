/// Reflections: private until a copy is shared.
extension LearningCore {
  /// Begins a reflection from a template.
  ///
  /// - Parameters:
  ///   - template: The template's key.
  ///   - title: May be empty.
  ///   - promptedBy: The activity or the pause point that asked for it.
  public func createReflection(
    template: String, title: String = "", promptedBy: String? = nil
  ) throws -> DocumentId {
    try ask { try $0.createReflection(template: template, title: title, promptedBy: promptedBy) }
  }

  /// The reflections of this person, changed last first.
  public func reflections(offset: Int = 0, limit: Int = 50) throws -> [DocumentSummary] {
    try ask { try $0.reflections(offset: offset, limit: limit) }
  }

  /// A reflection, with what was typed and is not settled.
  public func reflection(_ id: DocumentId) throws -> ReflectionView {
    try ask { try $0.reflection(id: id) }
  }

  /// Edits a reflection, and says on which version a screen goes on that keeps showing its text.
  ///
  /// - Parameter base: The version the screen showed; none means as it stands.
  @discardableResult
  public func editReflection(
    _ id: DocumentId, base: Version?, edits: [ReflectionEdit]
  ) throws -> Version {
    try ask { try $0.editReflection(id: id, base: base, edits: edits) }
  }

  /// Shares a reflection with somebody: they get a copy of the text as it stands, without its
  /// history. What is being typed belongs to it. Says which entry the copy is.
  @discardableResult
  public func shareReflection(_ id: DocumentId, with person: PersonId) throws -> DocumentId {
    try typings.settle(id)
    return try ask { try $0.shareReflection(id: id, with: person) }
  }

  /// Reflections that others have shared with this person, newest first.
  public func sharedWithMe() throws -> [DocumentSummary] {
    try ask { try $0.sharedWithMe() }
  }

  /// Copies that this person has shared, newest first.
  public func sharedByMe() throws -> [DocumentSummary] {
    try ask { try $0.sharedByMe() }
  }

  /// A copy of a reflection, shared with this person or by them.
  public func sharedReflection(_ id: DocumentId) throws -> SharedView {
    try ask { try $0.sharedReflection(id: id) }
  }
}
