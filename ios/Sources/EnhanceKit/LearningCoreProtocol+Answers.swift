import Foundation

/// What an app asks of answers: comments in threads on plans and shared copies, and suggestions for
/// the text of a plan.
public protocol AnswersProtocol: Actor {
  /// Says something about a part of a document, or a stretch of its text.
  ///
  /// - Parameters:
  ///   - part: `problem`, `aim/by_date`, a thing's id, in a shared copy the key of a prompt; empty
  ///     for the whole.
  ///   - range: The characters of its text; none for all of it.
  ///   - version: The version in which the screen showed them; none for what stands.
  @discardableResult
  func commentAt(
    _ about: DocumentId, part: String, body: String, range: TextRange?, version: Version?
  ) throws -> ItemId

  /// Looks through words that this person is about to say about a document: of a comment or an
  /// answer its text, of a suggestion the new words and why, of a sign-off the statement.
  ///
  /// With probable identifiers in them they are refused until what was found is acknowledged.
  func checkBeforeSaying(_ about: DocumentId, words: [String]) throws -> SharingCheck

  /// Says that this person has seen what was found in the words of a check.
  ///
  /// It holds for them alone, until others are acknowledged.
  func acknowledge(_ words: Sha256) throws

  /// Answers a comment, of whomever it is.
  @discardableResult
  func answerComment(_ about: DocumentId, to comment: CommentRef, body: String) throws -> ItemId

  /// Says a comment of this person in other words. What it said before is kept.
  func rewriteComment(_ about: DocumentId, id: ItemId, body: String) throws

  /// Deletes a comment or a suggestion of this person for everybody. It can be put back.
  func deleteComment(_ about: DocumentId, id: ItemId) throws

  /// Puts back a comment or a suggestion that this person deleted.
  func putBackComment(_ about: DocumentId, id: ItemId) throws

  /// Settles a thread, of whomever it is. Of those who settle it and open it again the last counts.
  func resolveComment(_ about: DocumentId, id: ItemId) throws

  /// Opens a thread again, of whomever it is.
  func reopenComment(_ about: DocumentId, id: ItemId) throws

  /// Everything said about a plan or a shared copy in threads, with where
  /// what they are about stands now.
  func threads(_ about: DocumentId) throws -> [ThreadView]

  /// What a comment said before and says now, oldest first.
  func commentVersions(_ place: CommentRef) throws -> [CommentVersion]

  /// How much of a document waits for this person, from rows alone.
  func waitingAnswers(_ about: DocumentId) throws -> WaitingAnswers

  /// What this person said about a document and took back, oldest first: it can be put back.
  func takenBackComments(_ about: DocumentId) throws -> [CommentView]

  /// Says what a stretch of a plan's text should read instead; why may be empty.
  ///
  /// One who may comment may suggest.
  @discardableResult
  func suggest(
    _ project: DocumentId, part: String, range: TextRange, replacement: String, why: String,
    version: Version?
  ) throws -> ItemId

  /// Every suggestion for a plan, oldest first, with what became of it.
  func suggestions(_ project: DocumentId) throws -> [SuggestionView]

  /// Makes a suggestion's words part of the plan. Where the text was changed since it is refused,
  /// unless `anyway` says that what is there now is meant.
  @discardableResult
  func acceptSuggestion(
    _ project: DocumentId, _ place: CommentRef, anyway: Bool
  ) throws -> Version

  /// Rejects a suggestion. It is kept, with who rejected it.
  @discardableResult
  func rejectSuggestion(_ project: DocumentId, _ place: CommentRef) throws -> Version
}

extension LearningCoreProtocol {
  @discardableResult
  public func commentAt(
    _ about: DocumentId, part: String, body: String, range: TextRange? = nil
  ) throws -> ItemId {
    try commentAt(about, part: part, body: body, range: range, version: nil)
  }

  @discardableResult
  public func suggest(
    _ project: DocumentId, part: String, range: TextRange, replacement: String, why: String = ""
  ) throws -> ItemId {
    try suggest(
      project, part: part, range: range, replacement: replacement, why: why, version: nil)
  }

  @discardableResult
  public func acceptSuggestion(_ project: DocumentId, _ place: CommentRef) throws -> Version {
    try acceptSuggestion(project, place, anyway: false)
  }

  /// The ``threads(_:)`` about a document, now and whenever they change.
  public nonisolated func watchThreads(
    _ about: DocumentId
  ) -> AsyncThrowingStream<[ThreadView], any Error> {
    watch(.documents, .members, .people) { try await self.threads(about) }
  }

  /// The ``suggestions(_:)`` for a plan, now and whenever they change.
  public nonisolated func watchSuggestions(
    _ project: DocumentId
  ) -> AsyncThrowingStream<[SuggestionView], any Error> {
    watch(.documents, .members, .people) { try await self.suggestions(project) }
  }
}
