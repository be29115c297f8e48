/// What an app asks of joining: people are invited to plans and accept or decline, and copies of a
/// document are listed, put away and taken back. None of it needs a network.
public protocol JoiningProtocol: Actor {
  /// Invitations to plans: those that wait, those accepted whose plan is not here yet, and those
  /// declined for good, newest first. What waits is in the inbox as well.
  func invitations() throws -> [InvitationView]

  /// Accepts an invitation to a plan, also without a connection. The plan comes with the next sync;
  /// until then its owner sees this person as invited.
  func acceptInvitation(_ project: DocumentId) throws

  /// Declines an invitation to a plan. Its sender may invite again.
  ///
  /// - Parameter forGood: Also asks the server to take nothing more for this person from who sent
  ///   it, until ``welcomeSender(_:)``.
  func declineInvitation(_ project: DocumentId, forGood: Bool) throws

  /// Lets somebody send to this person again whose invitation to a plan was declined for good.
  func welcomeSender(_ project: DocumentId) throws

  /// Puts away a copy or a request for a sign-off that somebody shared with this person. It goes
  /// from this person's devices with their next syncs, and its owner sees that it was put away.
  func putAway(_ document: DocumentId) throws

  /// The copies of one of this person's documents that others can read, newest first: shared
  /// reflections and requests for a sign-off, each with its reader, and when they saw it. One is
  /// taken back with `delete`.
  func copies(_ id: DocumentId) throws -> [CopyView]

  /// The copy that a person has of a reflection already, if it says what the reflection says now:
  /// to be asked before they are given the same again.
  func sameCopy(_ reflection: DocumentId, with person: PersonId) throws -> CopyView?

  /// Takes all copies of a document back, but for what was signed, which is evidence. Returns those
  /// that were taken back; they go from their readers' devices with their next syncs.
  @discardableResult
  func takeBackCopies(_ id: DocumentId) throws -> [DocumentId]

  /// What deleting a document of this person would do: who loses it, and which copies remain.
  func deletionPreview(_ id: DocumentId) throws -> DeletionPreview

  /// Deletes a document for ever and takes its copies back. Returns those that remain, since
  /// somebody has signed them.
  @discardableResult
  func deleteWithCopies(_ id: DocumentId) throws -> [CopyView]
}

extension JoiningProtocol {
  /// Declines an invitation to a plan.
  public func declineInvitation(_ project: DocumentId) throws {
    try declineInvitation(project, forGood: false)
  }
}
