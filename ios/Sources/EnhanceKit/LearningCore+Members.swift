extension LearningCore {
  public func addMember(_ project: DocumentId, person: PersonId, right: Right) throws {
    try ask { try $0.addMember(project: project, person: person, right: right) }
  }

  public func addMemberAcknowledged(
    _ project: DocumentId, person: PersonId, right: Right, acknowledged: Sha256
  ) throws {
    try ask {
      try $0.addMemberAcknowledged(
        project: project, person: person, right: right, acknowledged: acknowledged)
    }
  }

  public func removeMember(_ project: DocumentId, person: PersonId) throws {
    try ask { try $0.removeMember(project: project, person: person) }
  }

  public func offerOwnership(_ project: DocumentId, to person: PersonId) throws {
    try ask { try $0.offerOwnership(project: project, person: person) }
  }

  public func offerOwnershipKeeping(
    _ project: DocumentId, to person: PersonId, keeps right: Right
  ) throws {
    try ask { try $0.offerOwnershipKeeping(project: project, person: person, keeps: right) }
  }

  public func withdrawOffer(_ project: DocumentId) throws {
    try ask { try $0.withdrawOffer(project: project) }
  }

  public func acceptOwnership(_ project: DocumentId) throws {
    try ask { try $0.acceptOwnership(project: project) }
  }

  public func declineOwnership(_ project: DocumentId) throws {
    try ask { try $0.declineOwnership(project: project) }
  }

  public func leaveProject(_ project: DocumentId) throws {
    try ask { try $0.leaveProject(project: project) }
  }

  public func deleteForEverybody(_ project: DocumentId) throws {
    try ask { try $0.deleteForEverybody(project: project) }
  }

  public func enter(_ project: DocumentId, place: Place) throws {
    try ask { try $0.enter(project: project, place: place) }
  }

  public func stepOut() throws {
    try ask { $0.stepOut() }
  }

  public func company(_ project: DocumentId) throws -> [PresentView] {
    try ask { try $0.company(project: project) }
  }
}
