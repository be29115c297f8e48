extension LearningCore {
  public func invitations() throws -> [InvitationView] {
    try ask { try $0.invitations() }
  }

  public func acceptInvitation(_ project: DocumentId) throws {
    try ask { try $0.acceptInvitation(project: project) }
  }

  public func declineInvitation(_ project: DocumentId, forGood: Bool) throws {
    try ask { try $0.declineInvitation(project: project, forGood: forGood) }
  }

  public func welcomeSender(_ project: DocumentId) throws {
    try ask { try $0.welcomeSender(project: project) }
  }

  public func putAway(_ document: DocumentId) throws {
    try ask { try $0.putAway(document: document) }
  }

  public func copies(_ id: DocumentId) throws -> [CopyView] {
    try ask { try $0.copies(id: id) }
  }

  public func sameCopy(_ reflection: DocumentId, with person: PersonId) throws -> CopyView? {
    try ask { try $0.sameCopy(reflection: reflection, with: person) }
  }

  @discardableResult
  public func takeBackCopies(_ id: DocumentId) throws -> [DocumentId] {
    try ask { try $0.takeBackCopies(id: id) }
  }

  public func deletionPreview(_ id: DocumentId) throws -> DeletionPreview {
    try ask { try $0.deletionPreview(id: id) }
  }

  @discardableResult
  public func deleteWithCopies(_ id: DocumentId) throws -> [CopyView] {
    try ask { try $0.deleteWithCopies(id: id) }
  }
}
