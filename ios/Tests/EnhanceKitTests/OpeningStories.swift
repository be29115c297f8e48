import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

extension Stories {
  @Suite final class OpeningStories {
    private let folder: URL
    private let keys = MemoryKeys()

    init() throws {
      folder = try temporaryFolder()
    }

    deinit {
      try? FileManager.default.removeItem(at: folder)
    }

    private func open() async throws -> LearningCore {
      try await LearningCore.open(folder, keys: keys)
    }

    /// Where the database is, which is not open.
    private func closedDatabase() async throws -> URL {
      try await open().close()
      return folder.appending(path: "enhance.db")
    }

    @Test func aFolderIsBegunWithAKeyThatIsKeptAndOpenedWithItAgain() async throws {
      try await open().close()
      guard case .key(let bytes) = keys.answer else {
        Issue.record("no key was kept")
        return
      }
      #expect(bytes.count == 32)
      let core = try await open()
      #expect(try await core.account() == nil)
    }

    @Test func aSecondOpenerIsRefusedUntilTheFirstCloses() async throws {
      let first = try await open()
      let refused = await error { try await self.open() }
      guard case .storage(.inUse, _, _) = refused else { return unexpected(refused) }
      await first.close()
      _ = try await open()
    }

    @Test func aCoreThatIsNotHeldAnyMoreLetsGoOfTheFolder() async throws {
      _ = try await open()
      _ = try await open()
    }

    @Test func anotherKeyDoesNotOpenTheDatabase() async throws {
      _ = try await closedDatabase()
      keys.answer = .key(bytes: Data(repeating: 1, count: 32))
      let refused = await error { try await self.open() }
      guard case .keyUnavailable(.wrong, _, _) = refused else { return unexpected(refused) }
    }

    @Test func aDamagedDatabaseIsSetAsideWholeAndTheFolderOpenedAnew() async throws {
      let database = try await closedDatabase()
      let damaged = Data("not a database any more".utf8)
      try damaged.write(to: database)
      let refused = await error { try await self.open() }
      guard case .storage(.damaged, _, _) = refused else { return unexpected(refused) }
      let aside = try await LearningCore.setAside(folder)
      #expect(try Data(contentsOf: aside.appending(path: "enhance.db")) == damaged)
      let core = try await open()
      #expect(try await core.account() == nil)
    }

    /// The database in `Databases` says that it is of version 999. Its key is 32 times the byte 7.
    @Test func aDatabaseOfANewerAppIsRefusedAndLeftAsItIs() async throws {
      let newer = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Databases/newer.db")
      let database = folder.appending(path: "enhance.db")
      try FileManager.default.copyItem(at: newer, to: database)
      keys.answer = .key(bytes: Data(repeating: 7, count: 32))
      let refused = await error { try await self.open() }
      guard case .storage(.newerSchema, _, let reason) = refused else { return unexpected(refused) }
      #expect(reason.contains("999"))
      #expect(try Data(contentsOf: database) == Data(contentsOf: newer))
    }

    @Test func eachMoodOfTheKeyStoreIsAnErrorOfItsOwnWhereThereIsADatabase() async throws {
      let database = try await closedDatabase()
      let kept = keys.answer
      for mood in [KeyAnswer.notYet, .missing, .invalidated] {
        keys.answer = mood
        let refused = await error { try await self.open() }
        switch (mood, refused) {
        case (.notYet, .keyUnavailable(.notYet, _, _)),
          (.missing, .keyUnavailable(.missing, _, _)),
          (.invalidated, .keyUnavailable(.invalidated, _, _)):
          break
        default: Issue.record("\(mood): \(String(describing: refused))")
        }
        #expect(keys.answer == mood, "no new key takes the place of one that is lost")
      }
      #expect(FileManager.default.fileExists(atPath: database.path))
      keys.answer = kept
      _ = try await open()
    }

    @Test func aKeyStoreThatFailsIsAskedAgainLaterAndNeverTakenForAnEmptyOne() async throws {
      _ = try await closedDatabase()
      let failing = FailingKeys(fetch: Mishap())
      let refused = await error { try await LearningCore.open(self.folder, keys: failing) }
      guard case .keyUnavailable(.notYet, _, _) = refused else { return unexpected(refused) }
      _ = try await open()
    }

    @Test func withoutAKeyThatIsKeptNoDatabaseIsBegun() async throws {
      let said = KeyStoreError.notKept(reason: "the keychain is full")
      let refused = await error {
        try await LearningCore.open(self.folder, keys: FailingKeys(keep: said))
      }
      guard case .keyUnavailable(.notKept, _, let reason) = refused else {
        return unexpected(refused)
      }
      #expect(reason.contains("the keychain is full"))
      let failed = await error {
        try await LearningCore.open(self.folder, keys: FailingKeys(keep: Mishap()))
      }
      guard case .keyUnavailable(.notKept, _, let reason) = failed else {
        return unexpected(failed)
      }
      #expect(!reason.contains("canary"), "what a key store throws may hold the key")
      let database = folder.appending(path: "enhance.db").path
      #expect(!FileManager.default.fileExists(atPath: database))
    }

    @Test func whatIsAskedOfAClosedCoreIsAnsweredWithSuspended() async throws {
      let core = try await open()
      await core.close()
      await core.close()
      await core.suspendCore()
      for refused in [
        await error { try await core.account() },
        await error { try await core.resumeCore() },
        await error { try await core.newItemId() },
        await error { try await core.sync() },
        await error { try await core.keepInSync() },
      ] {
        guard case .suspended = refused else { return unexpected(refused) }
      }
      for await _ in core.changes { Issue.record("a closed core tells of changes") }
    }
  }
}

/// Something a host's own code may throw.
private struct Mishap: Error {
  let detail = "canary"
}

/// A key store that does not work.
private final class FailingKeys: KeyStore {
  private let fetching: (any Error)?
  private let keeping: (any Error)?

  init(fetch: (any Error)? = nil, keep: (any Error)? = nil) {
    (fetching, keeping) = (fetch, keep)
  }

  func fetch() throws -> KeyAnswer {
    if let fetching { throw fetching }
    return .missing
  }

  func keep(key _: Data) throws {
    if let keeping { throw keeping }
  }
}
