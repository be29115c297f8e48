import Foundation

/// What an app asks of sign-offs: to ask for one, to sign or return what was asked, and to say
/// whether what was signed still says the same.
public protocol SignOffProtocol: Actor {
  /// Asks a person to sign something as it stands: they get its text, and nothing of its history.
  /// What was typed is settled first. Without a person it is to be signed on this phone, with
  /// ``signWitnessed(_:by:answer:)``.
  ///
  /// What somebody else would read is looked through first, as a reflection is before it is shared:
  /// `CoreError.notAllowed` with the code `unacknowledged`.
  ///
  /// A request never changes. After an edit ask again; what was signed says what was signed.
  ///
  /// - Parameter message: What the trainee says to who is asked. May be empty, and is not signed.
  @discardableResult
  func requestSignOff(
    _ subject: SignOffSubject, with person: PersonId?, message: String
  ) throws -> DocumentId

  /// Looks through what would be signed, and what is said to who is asked, for
  /// what may tell who somebody is.
  func checkBeforeSignOff(_ subject: SignOffSubject, message: String) throws -> SharingCheck

  /// Asks for a sign-off of something in which probable identifiers were found and acknowledged.
  ///
  /// - Parameter acknowledged: Comes with the check the person has seen, and says nothing of the
  ///   text after an edit.
  @discardableResult
  func requestSignOffAcknowledged(
    _ subject: SignOffSubject, with person: PersonId?, message: String, acknowledged: Sha256
  ) throws -> DocumentId

  /// Signs or returns what this person was asked to, with the key of this device. Signing again
  /// takes the place of what this person answered before.
  ///
  /// What is returned needs a statement. Needs no network.
  @discardableResult
  func sign(_ request: DocumentId, answer: SignOffAnswer) throws -> DocumentId

  /// Notes what somebody decided who signs there and then on this phone, which is the trainee's.
  /// It counts as witnessed by the trainee, and never as signed with the signer's own key.
  @discardableResult
  func signWitnessed(
    _ request: DocumentId, by signer: WitnessedSigner, answer: SignOffAnswer
  ) throws -> DocumentId

  /// What this person asked others to sign, newest first: the first page of it.
  func signOffsAskedByMe() throws -> Portion<SignOffRequestView>

  /// What others asked this person to sign, newest first: the first page of it.
  func signOffsAskedOfMe() throws -> Portion<SignOffRequestView>

  /// A page of what this person asked others to sign (`mine`), or others this person, newest
  /// first: at most `limit` of what comes after a request, or from the beginning.
  func signOffsPage(
    mine: Bool, after: DocumentId?, limit: Int
  ) throws -> Portion<SignOffRequestView>

  /// The requests about a document that this person can read, newest first.
  func signOffsOf(_ document: DocumentId) throws -> [SignOffRequestView]

  /// A request for a sign-off with its answers.
  func signOffRequest(_ id: DocumentId) throws -> SignOffRequestView

  /// What became of what a request is about since it was asked.
  func changedSinceSignOff(_ request: DocumentId) throws -> ChangedSince

  /// A sign-off as a file that is checked with nothing else. It is JSON.
  func exportSignOff(_ id: DocumentId) throws -> String

  /// Takes back what this person asked to have signed, also where what it is about is deleted.
  /// False if somebody took it back before.
  ///
  /// - Parameter withAnswers: What was answered goes with it only so, since it is evidence.
  @discardableResult
  func takeBackSignOff(_ request: DocumentId, withAnswers: Bool) throws -> Bool

  /// Sign-offs that were read back from an export, those that were signed last first.
  func keptSignOffs() throws -> [KeptSignOffView]

  /// The file of a sign-off that was read back, by which anybody can check it. It is JSON.
  func exportKeptSignOff(_ id: ItemId) throws -> String

  /// Checks a file with a sign-off, with no account and no network: why it does not count; none if
  /// it does, as far as the organisation's key in it tells.
  func verifySignOff(_ json: String) throws -> SignOffFault?

  /// Checks a file as ``verifySignOff(_:)`` does, and says as what it was signed and whether a
  /// placement names the signer so.
  func checkSignOff(_ json: String) throws -> SignOffCheck

  /// Makes this device a new key to sign with, which needs the server once. What was signed with
  /// the old one goes on counting.
  func renewSigningKey() async throws
}

extension LearningCoreProtocol {
  @discardableResult
  public func requestSignOff(
    _ subject: SignOffSubject, with person: PersonId? = nil
  ) throws -> DocumentId {
    try requestSignOff(subject, with: person, message: "")
  }

  @discardableResult
  public func takeBackSignOff(_ request: DocumentId) throws -> Bool {
    try takeBackSignOff(request, withAnswers: false)
  }

  /// What is ``signOffsAskedByMe()``, now and whenever it changes.
  public nonisolated func watchSignOffsAskedByMe()
    -> AsyncThrowingStream<Portion<SignOffRequestView>, any Error>
  {
    watch(.documents, .members, .status, .people) { try await self.signOffsAskedByMe() }
  }

  /// What is ``signOffsAskedOfMe()``, now and whenever it changes.
  public nonisolated func watchSignOffsAskedOfMe()
    -> AsyncThrowingStream<Portion<SignOffRequestView>, any Error>
  {
    watch(.documents, .members, .status, .people) { try await self.signOffsAskedOfMe() }
  }
}
