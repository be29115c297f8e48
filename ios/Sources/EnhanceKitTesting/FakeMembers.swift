import EnhanceKit
import Foundation

/// Who takes part in a document, whom its owner offers it to, and who took part once.
struct FakeMembers {
  private(set) var owner: Person
  /// Whom its owner offers it to.
  private(set) var offeredTo: Person?
  private var others: [Member] = []
  private var former: Set<PersonId> = []

  init(owner: Person) {
    self.owner = owner
  }

  /// All of them, the owner first; also who was invited, and who declined or left.
  var all: [Member] {
    let mine = Member(
      person: owner, right: .own, standing: .member, expiresAt: nil, confirmed: true)
    return [mine] + others
  }

  /// Those who take part, the owner first.
  var readers: [Member] { all.filter { $0.standing == .member } }

  /// The right of somebody who takes part.
  func right(of person: PersonId?) -> Right? {
    readers.first { $0.person.id == person }?.right
  }

  /// What a person was invited with, if they did not answer or declined.
  func invitation(to person: PersonId?) -> Member? {
    others.first { $0.person.id == person && [.invited, .declined].contains($0.standing) }
  }

  /// Whether this person took part, and does not any more.
  func hasLost(_ person: PersonId?) -> Bool {
    former.contains { $0 == person }
  }

  /// Refuses what a person has no right to.
  func require(_ right: Right, of person: Person, _ what: String) throws(CoreError) {
    let mine = self.right(of: person.id) ?? .read
    guard mine < right else { return }
    throw .notAllowed("\(what) needs the right to \(right); yours is \(mine)")
  }

  /// Invites a person, or gives a member another right.
  mutating func add(
    _ person: Person, _ right: Right, by me: Person, until end: Date
  ) throws(CoreError) {
    try require(.own, of: me, "adding a member")
    guard person.id != me.id else { throw .unfit(.person, "that is you") }
    guard right != .own else {
      throw .unfit(.right, "a plan has one owner: offer it to a member, who accepts it")
    }
    if self.right(of: person.id) != nil { return put(person, right) }
    put(person, right, .invited, until: end)
  }

  mutating func join(by me: Person) {
    if let mine = invitation(to: me.id) { put(me, mine.right) }
  }

  mutating func decline(by me: Person) {
    if let mine = invitation(to: me.id) { put(me, mine.right, .declined) }
  }

  mutating func remove(_ person: Person, by me: Person) throws(CoreError) {
    try require(.own, of: me, "removing a member")
    try mustBeAnother(person)
    take(person)
    others.removeAll { $0.person.id == person.id }
  }

  mutating func offer(to person: Person, by me: Person) throws(CoreError) {
    try require(.own, of: me, "handing a plan over")
    try mustBeAnother(person)
    offeredTo = person
  }

  mutating func accept(by me: Person) throws(CoreError) {
    guard offeredTo?.id == me.id else {
      throw .notAllowed("its owner does not offer you this plan")
    }
    let before = owner
    others.removeAll { $0.person.id == me.id }
    offeredTo = nil
    owner = me
    put(before, .read)
  }

  mutating func leave(by me: Person) throws(CoreError) {
    guard owner.id != me.id else {
      throw .notAllowed("its owner cannot leave a plan; hand it over first")
    }
    take(me)
  }

  /// The server knows of all of them.
  mutating func confirm() {
    others = others.map { $0.with($0.standing, confirmed: true) }
  }

  mutating func put(
    _ person: Person, _ right: Right, _ standing: Standing = .member, until end: Date? = nil
  ) {
    if standing == .member { former.remove(person.id) }
    if offeredTo?.id == person.id { offeredTo = nil }
    others.removeAll { $0.person.id == person.id }
    others.append(
      Member(
        person: person, right: right, standing: standing, expiresAt: end, confirmed: false))
  }

  /// Somebody who took part has left; who was never in was not.
  private mutating func take(_ person: Person) {
    if offeredTo?.id == person.id { offeredTo = nil }
    guard right(of: person.id) != nil else { return }
    former.insert(person.id)
    others = others.map { $0.person.id == person.id ? $0.with(.left) : $0 }
  }

  private func mustBeAnother(_ person: Person) throws(CoreError) {
    let isKnown = others.contains { $0.person.id == person.id && $0.standing != .left }
    guard isKnown else {
      throw .notFound(.member, person.id.rawValue)
    }
  }
}

extension Member {
  fileprivate func with(_ standing: Standing, confirmed: Bool = false) -> Member {
    Member(
      person: person, right: right, standing: standing, expiresAt: expiresAt, confirmed: confirmed)
  }
}
