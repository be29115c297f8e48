import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

extension Stories {
  /// Phones that are processes of their own.
  @Suite final class ProcessStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    /// The phone's program lies beside this one.
    private static var program: URL {
      URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "enhance-phone")
    }

    @Test func whatWasSaidToBeSafeIsThereAfterTheProcessWasKilled() async throws {
      let phone = try await world.trainee()
      await phone.core.close()
      let folder = phone.folder.deletingLastPathComponent().path
      var safe: [DocumentId] = []
      for life in 1...5 {
        let process = try Program(Self.program, ["write", folder])
        #expect(await process.line() == "ready")
        try await Task.sleep(for: .milliseconds(40 * life))
        process.signal(SIGKILL)
        let said = await process.rest()
        await process.end()
        safe += said.map { DocumentId(rawValue: $0.replacing("safe ", with: "")) }
      }
      #expect(safe.count > 5)
      let core = try await phone.openAgain()
      let kept = try await core.reflections(limit: 100_000).map(\.id)
      #expect(Set(safe).isSubset(of: kept))
      for id in safe {
        #expect(try await core.answer(id)?.hasPrefix("word ") == true)
      }
    }

    @Test func onAFullDiskEverythingCanBeReadAndNothingIsLost() async throws {
      let disk = world.folder.appending(path: "disk")
      try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
      let invitation = try await world.server.invite("trainee", "Dr Ana Ruiz")
      // What is mounted is seen by this one process and goes with it.
      let script = "mount -t tmpfs -o size=6m tmpfs \"$1\" && exec \"$0\" fill \"$@\""
      let said = try await Program.run(
        URL(filePath: "/usr/bin/unshare"),
        [
          "--mount", "--propagation", "unchanged", "sh", "-c", script,
          Self.program.path, disk.path, world.server.address, invitation,
        ])
      let expected = [
        "full true", "refused the storage of this device is full; free some space and try again",
        "readable true", "typed true", "kept true",
      ]
      #expect(said == expected)
    }

    @Test func aHundredThousandCallsTakeNoMoreMemoryThanTenThousand() async throws {
      let folder = world.folder.appending(path: "busy")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let invitation = try await world.server.invite("trainee", "Dr Ana Ruiz")
      let said = try await Program.run(
        Self.program, ["call", folder.path, world.server.address, invitation]
      ).map { $0.split(separator: " ").compactMap { Int($0) } }
      try #require(said.map(\.count) == [2, 2])
      let (kilobytes, milliseconds) = (said.map { $0[0] }, said.map { $0[1] })
      #expect(kilobytes[1] - kilobytes[0] < 4_000, "of \(kilobytes[0])")
      // Of its own processor alone, so that it is the same on a machine that does other things. Ten
      // times as many calls cost ten times as much: what grew with their number would cost a hundred.
      let before = max(milliseconds[0], 100)
      #expect(milliseconds[1] < 25 * before, "\(milliseconds[0]) for the first ten thousand")
    }
  }
}
