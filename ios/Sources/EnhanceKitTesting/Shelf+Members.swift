import EnhanceKit
import Foundation

// Who takes part in a plan, whose it is, and who has it open.

extension Shelf {
  /// Who begins to read a plan reads all of it, so that it is looked through first.
  mutating func add(
    _ person: PersonId, _ right: Right, to id: DocumentId, _ acknowledged: Sha256? = nil
  ) throws(CoreError) {
    let (person, me) = (try self.person(person), try me())
    let now = try document(id, .changeProject).members
    try now.require(.own, of: me, "adding a member")
    let waits = now.invitation(to: person.id).map {
      $0.standing == .invited && $0.right == right && $0.expiresAt ?? .distantPast > clock()
    }
    if now.right(of: person.id) == nil, waits != true {
      try check(id).mustBeSettled(acknowledged)
    }
    // An invitation waits for thirty days.
    let end = clock().addingTimeInterval(30 * 24 * 60 * 60)
    guard !isUnwelcome(to: person.id, id) else {
      _ = try refuse(id, code: "unwelcome", explanation: "they take nothing more from you")
      return
    }
    try members(of: id) { members, me throws(CoreError) in
      try members.add(person, right, by: me, until: end)
    }
    memory.invitedAt[id, default: [:]][person.id] = memory.moment(clock())
  }

  mutating func remove(_ person: PersonId, from id: DocumentId) throws(CoreError) {
    let person = try self.person(person)
    try members(of: id) { members, me throws(CoreError) in
      try members.remove(person, by: me)
    }
  }

  mutating func offer(
    _ id: DocumentId, to person: PersonId, keeping right: Right
  ) throws(CoreError) {
    let (person, now) = (try self.person(person), memory.moment(clock()))
    try members(of: id) { members, me throws(CoreError) in
      try members.offer(to: person, keeping: right, by: me, at: now)
    }
  }

  mutating func withdrawOffer(_ id: DocumentId) throws(CoreError) {
    try members(of: id) { members, me throws(CoreError) in try members.withdrawOffer(by: me) }
  }

  mutating func accept(_ id: DocumentId) throws(CoreError) {
    try members(of: id) { members, me throws(CoreError) in try members.accept(by: me) }
  }

  mutating func declineOffer(_ id: DocumentId) throws(CoreError) {
    let now = memory.moment(clock())
    try members(of: id) { members, me throws(CoreError) in
      try members.declineOffer(by: me, at: now)
    }
  }

  mutating func leave(_ id: DocumentId) throws(CoreError) {
    try members(of: id) { members, me throws(CoreError) in try members.leave(by: me) }
  }

  private mutating func members(
    of id: DocumentId, _ change: (inout FakeMembers, Person) throws(CoreError) -> Void
  ) throws(CoreError) {
    let me = try me()
    var members = try document(id, .changeProject).members
    try change(&members, me)
    memory.documents[id]?.members = members
    note(.members, .documents, of: id)
  }

  mutating func enter(_ id: DocumentId, _ place: Place) throws(CoreError) {
    let me = try me()
    guard place.isOfPlan else { throw .unfit(.comment, "a plan has no such place") }
    _ = try document(id, .changeProject)
    memory.places[me.id] = (id, place)
    note(.company, of: id)
  }

  mutating func stepOut() {
    guard let me = account?.person.id, let (id, _) = memory.places.removeValue(forKey: me)
    else { return }
    note(.company, of: id)
  }

  /// Each of them is seen at once by those who are in the same plan.
  func company(_ id: DocumentId) throws(CoreError) -> [PresentView] {
    let me = try me()
    guard memory.places[me.id]?.0 == id else { return [] }
    return try document(id, .changeProject).members.readers.map(\.person)
      .filter { $0.id != me.id }.sorted { $0.name < $1.name }
      .compactMap { person in
        guard let (there, place) = memory.places[person.id], there == id else { return nil }
        return PresentView(person: person, place: place)
      }
  }
}

extension Place {
  /// Whether it is one of a plan, by its first word. The core also knows what comes after that.
  fileprivate var isOfPlan: Bool {
    let values = ["", "aim", "title", "topic", "setting", "status", "progress", "start", "end"]
    let sections = ProjectSection.allCases.map { section in
      String("\(section)".flatMap { $0.isUppercase ? "_\($0.lowercased())" : "\($0)" })
    }
    let isOfThing = split(separator: "/").count > 1 && !hasPrefix("answers/")
    return values.contains(self) || sections.contains(self) || isOfThing
  }
}

// MARK: Members, and who is here

extension FakeLearningCore {
  public func addMember(
    _ project: DocumentId, person: PersonId, right: Right
  ) throws {
    try ask { shelf throws(CoreError) in
      try shelf.add(person, right, to: project)
    }
  }

  public func addMemberAcknowledged(
    _ project: DocumentId, person: PersonId, right: Right, acknowledged: Sha256
  ) throws {
    try ask { shelf throws(CoreError) in
      try shelf.add(person, right, to: project, acknowledged)
    }
  }

  public func removeMember(_ project: DocumentId, person: PersonId) throws {
    try ask { shelf throws(CoreError) in try shelf.remove(person, from: project) }
  }

  public func offerOwnership(_ project: DocumentId, to person: PersonId) throws {
    try offerOwnershipKeeping(project, to: person, keeps: .read)
  }

  public func offerOwnershipKeeping(
    _ project: DocumentId, to person: PersonId, keeps right: Right
  ) throws {
    try ask { shelf throws(CoreError) in
      try shelf.offer(project, to: person, keeping: right)
    }
  }

  public func withdrawOffer(_ project: DocumentId) throws {
    try ask { shelf throws(CoreError) in try shelf.withdrawOffer(project) }
  }

  public func acceptOwnership(_ project: DocumentId) throws {
    try ask { shelf throws(CoreError) in try shelf.accept(project) }
  }

  public func declineOwnership(_ project: DocumentId) throws {
    try ask { shelf throws(CoreError) in try shelf.declineOffer(project) }
  }

  public func leaveProject(_ project: DocumentId) throws {
    try ask { shelf throws(CoreError) in try shelf.leave(project) }
  }

  public func deleteForEverybody(_ project: DocumentId) throws {
    try ask { shelf throws(CoreError) in try shelf.delete(project, forEverybody: true) }
  }

  public func enter(_ project: DocumentId, place: Place) throws {
    try ask { shelf throws(CoreError) in try shelf.enter(project, place) }
  }

  public func stepOut() throws {
    try ask { shelf throws(CoreError) in shelf.stepOut() }
  }

  /// There is nobody to be told on the way: it is known at once.
  public func company(_ project: DocumentId) throws -> [PresentView] {
    try ask { shelf throws(CoreError) in try shelf.company(project) }
  }
}
