import EnhanceKit
import Foundation

/// Who takes part in a document, whom its owner offers it to, and who took part once.
struct FakeMembers {
  private(set) var owner: Person
  /// Whom its owner offers it to, or who declined it last.
  private var offer: Offer?
  private var others: [Member] = []
  private var former: Set<PersonId> = []
  /// Who accepted an invitation and has not fetched the plan yet.
  private var toCome: Set<PersonId> = []

  /// An offer of a plan.
  private struct Offer {
    let to: Person
    let keeps: Right
    var since: Date
    var isDeclined = false
  }

  init(owner: Person) {
    self.owner = owner
  }

  /// Whom its owner offers it to.
  var offeredTo: Person? { offer.flatMap { $0.isDeclined ? nil : $0.to } }

  /// The offer that stands or was declined.
  var handover: HandoverView? {
    offer.map {
      HandoverView(
        to: $0.to, from: owner, byOrganisation: false, keeps: $0.keeps, declined: $0.isDeclined)
    }
  }

  /// When it was offered or declined.
  var offeredAt: Date? { offer?.since }

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

  /// Whether anybody but this person reads it, or will once they accept an invitation.
  func othersRead(_ person: Person) -> Bool {
    all.contains {
      $0.person.id != person.id && [.member, .invited].contains($0.standing)
    }
  }

  /// Whether this person takes part, and the plan comes with their next sync.
  func isToCome(_ person: PersonId?) -> Bool {
    toCome.contains { $0 == person }
  }

  /// A person fetched what there is.
  mutating func arrive(_ person: PersonId) { toCome.remove(person) }

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
    guard let mine = invitation(to: me.id) else { return }
    put(me, mine.right)
    toCome.insert(me.id)
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

  mutating func offer(
    to person: Person, keeping right: Right, by me: Person, at now: Date
  ) throws(CoreError) {
    try require(.own, of: me, "handing a plan over")
    guard person.id != me.id else { throw .unfit(.person, "that is you") }
    guard right != .own else {
      throw .unfit(
        .right, "a plan has one owner: who hands it over may read, comment or edit after that")
    }
    try mustBeAnother(person)
    offer = Offer(to: person, keeps: right, since: now)
  }

  mutating func withdrawOffer(by me: Person) throws(CoreError) {
    try require(.own, of: me, "taking an offer of a plan back")
    guard offeredTo != nil else { throw .notAllowed("this plan is offered to nobody") }
    offer = nil
  }

  mutating func accept(by me: Person) throws(CoreError) {
    let (offer, before) = (try offered(to: me), owner)
    others.removeAll { $0.person.id == me.id }
    self.offer = nil
    owner = me
    put(before, offer.keeps)
  }

  mutating func declineOffer(by me: Person, at now: Date) throws(CoreError) {
    var declined = try offered(to: me)
    (declined.isDeclined, declined.since) = (true, now)
    offer = declined
  }

  private func offered(to me: Person) throws(CoreError) -> Offer {
    guard let offer, offeredTo?.id == me.id else {
      throw .notAllowed("its owner does not offer you this plan")
    }
    return offer
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
    if offeredTo?.id == person.id { offer = nil }
    others.removeAll { $0.person.id == person.id }
    others.append(
      Member(
        person: person, right: right, standing: standing, expiresAt: end, confirmed: false))
  }

  /// Somebody who took part has left; who was never in was not.
  private mutating func take(_ person: Person) {
    if offeredTo?.id == person.id { offer = nil }
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
