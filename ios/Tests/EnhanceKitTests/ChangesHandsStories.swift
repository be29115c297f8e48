import EnhanceKit
import EnhanceKitTesting
import Testing

extension Stories {
  /// A plan has an owner now, not for ever: who rotates hands it over, and what she began goes on.
  @Suite struct ChangesHandsStories {
    private let (ana, ben, cara): (Phone, Phone, Phone)
    private let world: World

    init() async throws {
      world = try await World()
      (ana, ben) = (try await world.trainee(), try await world.supervisor())
      cara = try await world.person("fellow", "Cara Lind")
      try await meet(ana, ben, cara)
    }

    @Test func aTraineeRotatesAndHerPlanGoesOnWithoutHer() async throws {
      let plan = try await sharedPlan()
      try await ana.core.write("Nobody sees the wet floor.", in: .problem, of: plan)
      try await ben.core.comment(plan, body: "Whose is it from August?")
      try await ana.core.offerOwnership(plan, to: ben.person)
      try await meet(ana, ben, cara)
      for phone in [ana, ben, cara] {
        #expect(try await phone.core.project(plan).offeredTo?.id == ben.person)
      }
      await forbidden { try await cara.core.acceptOwnership(plan) }
      await forbidden { try await ben.core.offerOwnership(plan, to: cara.person) }

      // He accepts where there is no signal; until it is back, nobody else knows.
      try await ben.core.acceptOwnership(plan)
      #expect(try await ben.core.project(plan).myRight == .own)
      #expect(try await ana.core.project(plan).myRight == .own)
      try await meet(ana, ben, cara)
      try await expect(ben, owns: plan, on: [ana, ben, cara])
      #expect(try await ana.core.section(.problem, of: plan) == "Nobody sees the wet floor.")

      // She reads on, and does nothing to the others.
      await forbidden { try await ana.core.delete(plan) }
      await forbidden { try await ana.core.deleteForEverybody(plan) }
      await forbidden { try await ana.core.removeMember(plan, person: cara.person) }
      await forbidden { try await ana.core.write("No.", in: .problem, of: plan) }

      // Who comes later knows whose it is, and the new owner says who else may.
      let hall = try await world.person("partner", "Mr Hall")
      try await meet(ben, hall)
      try await ben.core.addPerson(hall.person)
      try await ben.core.addMember(plan, person: hall.person, right: .comment)
      try await ben.core.addMember(plan, person: ana.person, right: .edit)
      try await meet(ben, ana, cara, hall)
      let longer = "Nobody sees the wet floor at night."
      try await ana.core.write(longer, in: .problem, of: plan)
      try await meet(ana, ben, cara, hall)
      try await expect(ben, owns: plan, on: [ana, ben, cara])
      #expect(try await hall.core.section(.problem, of: plan) == longer)
    }

    @Test(arguments: [true, false])
    func anOfferTakenBackWhileItIsAcceptedLeavesEverybodyAgreed(
      acceptedFirst: Bool
    ) async throws {
      let plan = try await sharedPlan()
      try await ana.core.offerOwnership(plan, to: ben.person)
      try await meet(ana, ben, cara)
      try await ben.core.acceptOwnership(plan)
      try await ana.core.addMember(plan, person: ben.person, right: .edit)
      #expect(try await ana.core.project(plan).offeredTo == nil)
      for phone in acceptedFirst ? [ben, ana] : [ana, ben] { try await phone.core.sync() }
      try await meet(ana, ben, cara)
      try await expect(acceptedFirst ? ben : ana, owns: plan, on: [ana, ben, cara])
    }

    /// A plan of Ana's in which the others write too, on the phones of all.
    private func sharedPlan() async throws -> DocumentId {
      let plan = try await ana.core.createProject(title: "Falls on ward 7")
      for other in [ben, cara] {
        try await ana.core.addMember(plan, person: other.person, right: .edit)
        try await meet(ana, ben, cara)
      }
      return plan
    }

    /// That all of these phones name the same owner, and the same rights of everybody.
    private func expect(_ owner: Phone, owns plan: DocumentId, on phones: [Phone]) async throws {
      let rights = try await self.rights(in: plan, on: owner)
      #expect(rights.filter { $0.value == .own }.map(\.key) == [owner.person])
      for phone in phones {
        #expect(try await self.rights(in: plan, on: phone) == rights)
        let shown = try await phone.core.project(plan)
        #expect(shown.myRight == rights[phone.person] && shown.offeredTo == nil)
      }
    }

    private func rights(
      in plan: DocumentId, on phone: Phone
    ) async throws -> [PersonId: Right] {
      let members = try await phone.core.project(plan).members
      return Dictionary(uniqueKeysWithValues: members.map { ($0.person.id, $0.right) })
    }

    private func forbidden<Value>(
      _ work: () async throws -> Value, sourceLocation: SourceLocation = #_sourceLocation
    ) async {
      let refused = await error(of: work, sourceLocation: sourceLocation)
      guard case .notAllowed = refused else {
        return unexpected(refused, sourceLocation: sourceLocation)
      }
    }
  }
}
