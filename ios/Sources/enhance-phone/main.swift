import EnhanceKit
import Foundation

// A phone as a process of its own.
let usage = """
  usage: enhance-phone write FOLDER                      writes until it is ended
         enhance-phone fill FOLDER SERVER INVITATION     writes until the disk is full, and goes on
         enhance-phone call FOLDER SERVER INVITATION     calls the core 100,000 times
         enhance-phone figures                           what crossing to the core costs
  """
let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("write", 2):
  try await writeForEver(in: arguments[1])
case ("fill", 4):
  try await fillDisk(in: arguments[1], server: arguments[2], invitation: arguments[3])
case ("call", 4):
  try await callManyTimes(in: arguments[1], server: arguments[2], invitation: arguments[3])
case ("figures", 1):
  try await takeFigures()
default:
  say(usage)
  exit(2)
}
