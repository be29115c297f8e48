import EnhanceKit
import Foundation

// Invitations to plans, and the copies that others can read.

extension Shelf {
  /// The newest first. The plan is here as soon as one is accepted.
  func invitations() throws(CoreError) -> [InvitationView] {
    let me = try me()
    return memory.documents.values.compactMap { invitation(to: $0, me) }
      .sorted { $0.cameAt > $1.cameAt }
  }

  func invitation(to document: FakeDocument, _ me: Person) -> InvitationView? {
    guard let mine = document.members.invitation(to: me.id), document.kind == .changeProject
    else { return nil }
    let isUnwelcome = memory.unwelcome[me.id]?.contains(document.owner.id) ?? false
    let (standing, end) = (
      mine.standing == .invited ? InvitationStanding.waiting : .declinedForGood,
      mine.expiresAt ?? .distantFuture
    )
    guard standing == .waiting ? end > clock() : isUnwelcome else { return nil }
    return InvitationView(
      project: document.id, title: document.title, inviter: document.owner, right: mine.right,
      bytes: document.text.utf8.count,
      cameAt: memory.invitedAt[document.id]?[me.id] ?? document.updatedAt, expiresAt: end,
      standing: standing)
  }

  private func open(_ id: DocumentId) throws(CoreError) -> InvitationView {
    let me = try me()
    guard let found = memory.documents[id].flatMap({ invitation(to: $0, me) }) else {
      throw .notFound(.invitation, id.rawValue)
    }
    return found
  }

  mutating func acceptInvitation(_ id: DocumentId) throws(CoreError) {
    // Accepting what was accepted changes nothing.
    if let document = memory.documents[id], document.members.right(of: try me().id) != nil {
      return
    }
    guard try open(id).standing == .waiting else {
      throw .notAllowed(
        "you declined this for good; let them send to you again, and ask for another")
    }
    memory.documents[id]?.members.join(by: try me())
    note(.documents, .members, of: id)
  }

  mutating func declineInvitation(_ id: DocumentId, _ forGood: Bool) throws(CoreError) {
    let (invitation, me) = (try open(id), try me())
    memory.documents[id]?.members.decline(by: me)
    if forGood, let inviter = invitation.inviter {
      memory.unwelcome[me.id, default: []].insert(inviter.id)
    }
    note(.documents, .members, of: id)
  }

  mutating func welcomeSender(_ id: DocumentId) throws(CoreError) {
    let (invitation, me) = (try open(id), try me())
    guard invitation.standing == .declinedForGood, let inviter = invitation.inviter else {
      throw .notAllowed("this invitation was not declined for good")
    }
    memory.unwelcome[me.id]?.remove(inviter.id)
    note(.documents, of: id)
  }

  /// Whether a person takes nothing from the owner of a plan.
  func isUnwelcome(to person: PersonId, _ id: DocumentId) -> Bool {
    guard let owner = memory.documents[id]?.owner.id else { return false }
    return memory.unwelcome[person]?.contains(owner) ?? false
  }

  mutating func putAway(_ id: DocumentId) throws(CoreError) {
    let (document, me) = (try document(id), try me())
    guard [.sharedReflection, .signOffRequest].contains(document.kind) else {
      throw .notAllowed("only what others shared with you is put away")
    }
    guard document.owner != me else {
      throw .notAllowed("this is yours: delete it")
    }
    try memory.documents[id]?.members.leave(by: me)
    note(.members, .documents, of: id)
  }

  /// The newest first.
  func copies(_ id: DocumentId) throws(CoreError) -> [CopyView] {
    let document = try document(id)
    guard document.owner == (try me()) else {
      throw .notAllowed("only its owner sees the copies of a document")
    }
    let subjects = [id] + document.copies
    let requests = memory.documents.values.filter { other in
      guard case .request(let request) = other.content, request.asked != nil else { return false }
      return request.subject.document.map(subjects.contains) ?? false
    }
    return (document.copies.compactMap { memory.documents[$0] } + requests).map(copy)
      .sorted { $0.sharedAt > $1.sharedAt }
  }

  func sameCopy(_ id: DocumentId, _ person: PersonId) throws(CoreError) -> CopyView? {
    guard case .reflection(let now) = try document(id, .reflection).shown else { return nil }
    return try copies(id).first { view in
      guard case .copy(let copy) = memory.documents[view.document]?.content else { return false }
      return view.reader?.id == person && view.standing != .left && copy.title == now.title
        && copy.answers == now.answers && copy.tags == now.tags
    }
  }

  private func copy(_ document: FakeDocument) -> CopyView {
    let reader = document.members.all.dropFirst().first
    let signOffs = memory.documents.values.filter { other in
      guard case .signOff(let signOff) = other.content else { return false }
      return signOff.request == document.id
    }
    return CopyView(
      document: document.id, kind: document.kind, title: document.listedTitle,
      reader: reader?.person, standing: reader?.standing ?? .left, sharedAt: document.createdAt,
      seenAt: reader.flatMap { document.seen[$0.person.id]?.at },
      stage: status(of: document).stage, signOffs: signOffs.count)
  }

  /// What was signed stays.
  mutating func takeBackCopies(_ id: DocumentId) throws(CoreError) -> [DocumentId] {
    let taken = try copies(id).filter { $0.signOffs == 0 }.map(\.document)
    for copy in taken { try delete(copy) }
    memory.documents[id]?.copies.removeAll { taken.contains($0) }
    return taken
  }

  func deletionPreview(_ id: DocumentId) throws(CoreError) -> DeletionPreview {
    let (copies, document) = (try copies(id), try document(id))
    return DeletionPreview(
      document: id, kind: document.kind, title: document.title,
      readers: document.members.readers.dropFirst().map(\.person), copies: copies,
      evidence: record.shown.shown(by: .document(id)))
  }

  mutating func deleteWithCopies(_ id: DocumentId) throws(CoreError) -> [CopyView] {
    try mustBeReadByNobody(try document(id))
    _ = try takeBackCopies(id)
    let left = try copies(id)
    try delete(id)
    return left
  }
}

// MARK: Invitations and copies

extension FakeLearningCore {
  /// A plan is here as soon as its invitation is accepted.
  public func invitations() throws -> [InvitationView] {
    try ask { shelf throws(CoreError) in try shelf.invitations() }
  }

  public func acceptInvitation(_ project: DocumentId) throws {
    try ask { shelf throws(CoreError) in try shelf.acceptInvitation(project) }
  }

  public func declineInvitation(_ project: DocumentId, forGood: Bool) throws {
    try ask { shelf throws(CoreError) in try shelf.declineInvitation(project, forGood) }
  }

  public func welcomeSender(_ project: DocumentId) throws {
    try ask { shelf throws(CoreError) in try shelf.welcomeSender(project) }
  }

  public func putAway(_ document: DocumentId) throws {
    try ask { shelf throws(CoreError) in try shelf.putAway(document) }
  }

  public func copies(_ id: DocumentId) throws -> [CopyView] {
    try ask { shelf throws(CoreError) in try shelf.copies(id) }
  }

  public func sameCopy(_ reflection: DocumentId, with person: PersonId) throws -> CopyView? {
    try ask { shelf throws(CoreError) in try shelf.sameCopy(reflection, person) }
  }

  @discardableResult
  public func takeBackCopies(_ id: DocumentId) throws -> [DocumentId] {
    try ask { shelf throws(CoreError) in try shelf.takeBackCopies(id) }
  }

  public func deletionPreview(_ id: DocumentId) throws -> DeletionPreview {
    try ask { shelf throws(CoreError) in try shelf.deletionPreview(id) }
  }

  @discardableResult
  public func deleteWithCopies(_ id: DocumentId) throws -> [CopyView] {
    try ask { shelf throws(CoreError) in try shelf.deleteWithCopies(id) }
  }
}
