import EnhanceKit
import Foundation

// MARK: Threads, and suggestions for a plan

extension FakeLearningCore {
  /// The fake marks stretches of sections and of answers, in the version that stands.
  @discardableResult
  public func commentAt(
    _ about: DocumentId, part: String, body: String, range: TextRange?, version: Version?
  ) throws -> ItemId {
    try ask { shelf throws(CoreError) in
      try shelf.comment(about, part: part, body: body, range: range)
    }
  }

  public func checkBeforeSaying(_ about: DocumentId, words: [String]) throws -> SharingCheck {
    try ask { shelf throws(CoreError) in try shelf.checkSaid(about, words) }
  }

  public func acknowledge(_ words: Sha256) throws {
    try ask { shelf throws(CoreError) in shelf.acknowledged = words }
  }

  @discardableResult
  public func answerComment(
    _ about: DocumentId, to comment: CommentRef, body: String
  ) throws -> ItemId {
    try ask { shelf throws(CoreError) in try shelf.answer(about, comment, body) }
  }

  public func rewriteComment(_ about: DocumentId, id: ItemId, body: String) throws {
    try editComments(about, edits: [.rewrite(id: id, body: body)])
  }

  public func deleteComment(_ about: DocumentId, id: ItemId) throws {
    let now = shelf.with { $0.clock() }
    try editComments(about, edits: [.takeBack(id: id, at: now)])
  }

  public func putBackComment(_ about: DocumentId, id: ItemId) throws {
    try editComments(about, edits: [.putBack(id: id)])
  }

  public func resolveComment(_ about: DocumentId, id: ItemId) throws {
    let now = shelf.with { $0.clock() }
    try editComments(about, edits: [.resolve(id: id, at: now)])
  }

  public func reopenComment(_ about: DocumentId, id: ItemId) throws {
    try ask { shelf throws(CoreError) in try shelf.reopen(about, id) }
  }

  public func threads(_ about: DocumentId) throws -> [ThreadView] {
    try ask { shelf throws(CoreError) in try shelf.threads(about) }
  }

  public func commentVersions(_ place: CommentRef) throws -> [CommentVersion] {
    try ask { shelf throws(CoreError) in try shelf.commentVersions(place) }
  }

  public func waitingAnswers(_ about: DocumentId) throws -> WaitingAnswers {
    try ask { shelf throws(CoreError) in try shelf.waitingAnswers(about) }
  }

  public func takenBackComments(_ about: DocumentId) throws -> [CommentView] {
    try ask { shelf throws(CoreError) in
      try shelf.document(about).comments.takenBack(by: try shelf.me())
    }
  }

  @discardableResult
  public func suggest(
    _ project: DocumentId, part: String, range: TextRange, replacement: String, why: String,
    version: Version?
  ) throws -> ItemId {
    try typings.settle(project)
    return try ask { shelf throws(CoreError) in
      try shelf.suggest(project, part: part, range, replacement, why: why)
    }
  }

  public func suggestions(_ project: DocumentId) throws -> [SuggestionView] {
    try ask { shelf throws(CoreError) in try shelf.suggestions(project) }
  }

  /// A stretch of text is known by its words alone here: where they were changed it is gone.
  @discardableResult
  public func acceptSuggestion(
    _ project: DocumentId, _ place: CommentRef, anyway: Bool
  ) throws -> Version {
    try ask { shelf throws(CoreError) in try shelf.accept(project, place) }
  }

  @discardableResult
  public func rejectSuggestion(_ project: DocumentId, _ place: CommentRef) throws -> Version {
    try ask { shelf throws(CoreError) in try shelf.reject(project, place) }
  }
}
