/// What an app asks of those who take part in a plan: who they are, whose it is, and who has it
/// open at the moment.
public protocol MembersProtocol: Actor {
  /// Invites a person to a project with a right, or gives a member another one than they have. Who
  /// is invited takes part once they accept. Only its owner can.
  ///
  /// With a probable identifier in the plan nobody is invited: `CoreError.notAllowed` with the code
  /// `unacknowledged`. Then show what ``LearningCoreProtocol/checkBeforeSharing(_:)`` finds.
  func addMember(_ project: DocumentId, person: PersonId, right: Right) throws

  /// Invites a person to a project in which probable identifiers were found and acknowledged.
  ///
  /// - Parameter acknowledged: Comes with ``LearningCoreProtocol/checkBeforeSharing(_:)`` of the
  ///   plan.
  func addMemberAcknowledged(
    _ project: DocumentId, person: PersonId, right: Right, acknowledged: Sha256
  ) throws

  /// Takes every right to a project away from a person, or an invitation to it back. Only its owner
  /// can.
  func removeMember(_ project: DocumentId, person: PersonId) throws

  /// Offers a project to a member. Nothing changes until they accept it; until then another
  /// offer, or any other right given to them, takes this one back. Only its owner can.
  func offerOwnership(_ project: DocumentId, to person: PersonId) throws

  /// The same, with what its owner may do once it is somebody else's: read it, comment on it or
  /// edit it.
  func offerOwnershipKeeping(
    _ project: DocumentId, to person: PersonId, keeps right: Right
  ) throws

  /// Takes the offer of a project back that nobody has answered.
  func withdrawOffer(_ project: DocumentId) throws

  /// Accepts a project that its owner offers to this person, who owns it then. Who owned it keeps
  /// a copy to read, or what the offer says.
  func acceptOwnership(_ project: DocumentId) throws

  /// Declines a project that its owner offers to this person. Its owner keeps it and sees that it
  /// was declined.
  func declineOwnership(_ project: DocumentId) throws

  /// Leaves another person's project. It goes from this person's devices with their next syncs,
  /// and nobody else loses anything.
  func leaveProject(_ project: DocumentId) throws

  /// Deletes a project for ever, also from everybody who can read it. Only its owner can.
  func deleteForEverybody(_ project: DocumentId) throws

  /// Says that this person has a plan open and where in it they are, so that the others who have it
  /// open see it. Told while syncing goes by itself and the app is on the screen, and kept nowhere.
  /// With company what is written is sent sooner.
  ///
  /// - Parameter place: As comments name places: `problem`, `measures/{id}`; empty for the whole.
  func enter(_ project: DocumentId, place: Place) throws

  /// Says that this person has no plan open any more.
  func stepOut() throws

  /// Who else has a plan open in which this person is, and where in it, by their names.
  func company(_ project: DocumentId) throws -> [PresentView]
}

extension LearningCoreProtocol {
  /// The ``company(_:)`` in a plan, now and whenever it changes.
  public nonisolated func watchCompany(
    _ project: DocumentId
  ) -> AsyncThrowingStream<[PresentView], any Error> {
    watch(.company, .people, .members) { try await self.company(project) }
  }
}

extension DraftField {
  /// Where in a plan it is, as comments name places; none in a reflection.
  package var place: Place? {
    switch self {
    case .section(let section):
      String("\(section)".flatMap { $0.isUppercase ? "_\($0.lowercased())" : "\($0)" })
    case .item(let text): text.edit("")?.path
    case .answer: nil
    }
  }
}
