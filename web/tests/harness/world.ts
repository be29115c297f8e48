// A server and the people of a story, who all leave at its end.

import { Desk, type Keeping } from "./desk.ts";
import { Phone } from "./phone.ts";
import { type Role, Server } from "./server.ts";

interface Leaver {
  end(): void | Promise<void>;
}

/** Everything that a story starts. */
export class World {
  private readonly leavers: Leaver[] = [];

  private constructor(readonly server: Server) {
    this.leavers.push(server);
  }

  /** Tells a story in a world of its own, of which nothing is left afterwards. */
  static async tell(story: (world: World) => Promise<void>): Promise<void> {
    const world = new World(await Server.start());
    try {
      await story(world);
    } finally {
      for (const leaver of world.leavers.reverse()) await leaver.end();
    }
  }

  /** Somebody with a phone, who has joined. */
  async phone(role: Role, name: string): Promise<Phone> {
    return this.with(await Phone.join(this.server, role, name));
  }

  /** Somebody at a desk, who has joined. */
  async desk(role: Role, name: string, keeping?: Keeping): Promise<Desk> {
    const { server } = this;
    return this.with(await Desk.join({ server, role, name, ...(keeping && { keeping }) }));
  }

  /** A browser that is nobody's desk yet. */
  async browser(): Promise<Desk> {
    return this.with(await Desk.open(this.server));
  }

  private with<T extends Leaver>(leaver: T): T {
    this.leavers.push(leaver);
    return leaver;
  }
}
