import EnhanceKit

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

  /// All of them, the owner first.
  var all: [Member] { [Member(person: owner, right: .own, confirmed: true)] + others }

  func right(of person: PersonId?) -> Right? {
    all.first { $0.person.id == person }?.right
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

  mutating func add(_ person: Person, _ right: Right, by me: Person) throws(CoreError) {
    try require(.own, of: me, "adding a member")
    guard person.id != me.id else { throw .unfit(.person, "that is you") }
    guard right != .own else {
      throw .unfit(.right, "a plan has one owner: offer it to a member, who accepts it")
    }
    put(person, right)
  }

  mutating func remove(_ person: Person, by me: Person) throws(CoreError) {
    try require(.own, of: me, "removing a member")
    try mustBeAnother(person)
    take(person)
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
    take(me)
    former.remove(me.id)
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
    others = others.map { Member(person: $0.person, right: $0.right, confirmed: true) }
  }

  mutating func put(_ person: Person, _ right: Right) {
    take(person)
    former.remove(person.id)
    others.append(Member(person: person, right: right, confirmed: false))
  }

  private mutating func take(_ person: Person) {
    others.removeAll { $0.person.id == person.id }
    former.insert(person.id)
    if offeredTo?.id == person.id { offeredTo = nil }
  }

  private func mustBeAnother(_ person: Person) throws(CoreError) {
    guard others.contains(where: { $0.person.id == person.id }) else {
      throw .notFound(.member, person.id.rawValue)
    }
  }
}
