//! The four rooms of the film: what hangs on their walls, and who walks past.

/// The film's sixteen colours.
pub const COLOURS: [[u8; 3]; 16] = [
    [244, 240, 230], // 0 ceiling
    [226, 214, 190], // 1 warm wall
    [206, 192, 164], // 2 warm wall in shade
    [198, 216, 222], // 3 cool wall
    [174, 196, 206], // 4 cool wall in shade
    [150, 120, 90],  // 5 floorboard
    [134, 104, 76],  // 6 floorboard
    [112, 76, 48],   // 7 wood
    [168, 212, 240], // 8 window
    [252, 252, 250], // 9 white
    [188, 60, 52],   // 10 red
    [64, 128, 84],   // 11 green
    [222, 178, 150], // 12 skin
    [128, 136, 144], // 13 grey
    [34, 56, 98],    // 14 navy
    [238, 196, 72],  // 15 yellow
];

/// A wall of a room.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wall {
    North,
    East,
    South,
    West,
}

/// A coloured rectangle on a wall: from the left, from the floor, width, height, in metres.
pub struct Patch(Wall, [f64; 4], u8);

/// A person on a wall: where they stand in the first frame, how far they go in each, their clothes.
pub struct Figure(Wall, f64, f64, u8);

/// A room: walls in light and in shade, two colours of floor, what is there, who is there.
pub struct Room {
    walls: [u8; 2],
    floor: [u8; 2],
    patches: &'static [Patch],
    figures: &'static [Figure],
}

use Wall::{East, North, South, West};

/// Home, the clinic, the ward, and home again.
pub const ROOMS: [Room; 4] = [
    Room {
        walls: [1, 2],
        floor: [5, 6],
        patches: &[
            Patch(North, [1.6, 1.1, 1.8, 1.1], 9),
            Patch(North, [1.7, 1.2, 1.6, 0.9], 8),
            Patch(North, [0.4, 0.0, 4.2, 0.85], 7),
            Patch(North, [2.3, 0.85, 0.35, 0.2], 11), // the box with a week of tablets
            Patch(North, [2.75, 0.85, 0.12, 0.18], 10),
            Patch(North, [2.95, 0.85, 0.12, 0.22], 9),
            Patch(East, [0.5, 1.2, 0.9, 0.9], 9), // the calendar, full of appointments
            Patch(East, [0.6, 1.3, 0.2, 0.15], 10),
            Patch(East, [0.9, 1.3, 0.2, 0.15], 14),
            Patch(East, [1.1, 1.6, 0.2, 0.15], 10),
            Patch(East, [0.6, 1.6, 0.2, 0.15], 11),
            Patch(East, [2.4, 0.0, 1.0, 2.1], 7),
            Patch(South, [1.0, 0.0, 1.2, 1.1], 10), // the armchair
            Patch(South, [3.4, 0.0, 0.9, 1.9], 9),
            Patch(West, [1.2, 1.3, 0.7, 0.5], 15), // a photograph
            Patch(West, [1.27, 1.36, 0.56, 0.38], 13),
        ],
        figures: &[Figure(South, 2.4, 0.1, 14)],
    },
    Room {
        walls: [3, 4],
        floor: [13, 4],
        patches: &[
            Patch(North, [0.3, 0.0, 1.0, 2.1], 14), // three doors, three clinics
            Patch(North, [2.0, 0.0, 1.0, 2.1], 14),
            Patch(North, [3.7, 0.0, 1.0, 2.1], 14),
            Patch(North, [0.5, 1.6, 0.6, 0.25], 10),
            Patch(North, [2.2, 1.6, 0.6, 0.25], 15),
            Patch(North, [3.9, 1.6, 0.6, 0.25], 11),
            Patch(East, [0.4, 0.0, 3.2, 0.5], 11), // a row of seats
            Patch(East, [1.4, 1.6, 1.2, 0.6], 9),
            Patch(South, [0.6, 0.0, 3.0, 1.1], 7), // the desk
            Patch(South, [1.0, 1.1, 0.6, 0.4], 14),
            Patch(West, [0.4, 0.0, 3.2, 0.5], 11),
            Patch(West, [1.6, 1.7, 0.5, 0.5], 9), // a clock
            Patch(West, [1.83, 1.8, 0.04, 0.3], 14),
        ],
        figures: &[
            Figure(East, 0.8, 0.0, 14),
            Figure(South, 0.6, 0.7, 9),
            Figure(North, 4.2, -0.8, 11),
        ],
    },
    Room {
        walls: [3, 4],
        floor: [4, 3],
        patches: &[
            Patch(North, [1.0, 0.0, 2.4, 0.6], 13), // the bed
            Patch(North, [1.0, 0.6, 2.4, 0.25], 9),
            Patch(North, [1.1, 0.85, 0.6, 0.18], 9),
            Patch(North, [1.25, 0.9, 0.26, 0.26], 12), // Peter's head on the pillow
            Patch(North, [3.7, 1.3, 0.8, 0.6], 14),    // the monitor
            Patch(North, [3.8, 1.55, 0.6, 0.05], 11),
            Patch(North, [3.8, 1.4, 0.4, 0.05], 15),
            Patch(East, [0.3, 0.0, 1.4, 2.4], 11), // a curtain
            Patch(East, [2.4, 1.0, 1.2, 1.1], 8),
            Patch(South, [0.5, 0.0, 1.1, 2.1], 9),
            Patch(South, [2.6, 1.0, 1.6, 1.0], 9), // the board with names and plans
            Patch(South, [2.7, 1.7, 0.9, 0.08], 14),
            Patch(South, [2.7, 1.5, 1.2, 0.08], 14),
            Patch(South, [2.7, 1.3, 0.6, 0.08], 10),
            Patch(West, [0.4, 0.0, 1.4, 2.4], 11),
        ],
        figures: &[Figure(South, 4.4, -0.9, 9), Figure(West, 2.0, 0.3, 14)],
    },
    Room {
        walls: [1, 2],
        floor: [5, 6],
        patches: &[
            Patch(North, [1.6, 1.1, 1.8, 1.1], 9),
            Patch(North, [1.7, 1.2, 1.6, 0.9], 8),
            Patch(North, [0.4, 0.0, 4.2, 0.85], 7),
            Patch(North, [2.3, 0.85, 0.5, 0.35], 9), // the bag from the hospital's pharmacy
            Patch(North, [2.4, 0.95, 0.3, 0.12], 11),
            Patch(North, [3.1, 0.85, 0.3, 0.02], 9), // the letter
            Patch(East, [0.5, 1.2, 0.9, 0.9], 9),    // the calendar, with one appointment
            Patch(East, [0.9, 1.6, 0.2, 0.15], 11),
            Patch(East, [2.4, 0.0, 1.0, 2.1], 7),
            Patch(South, [1.0, 0.0, 1.2, 1.1], 10),
            Patch(South, [3.0, 0.0, 0.5, 0.9], 13), // a walking frame
            Patch(South, [3.08, 0.0, 0.34, 0.8], 1),
            Patch(West, [1.2, 1.3, 0.7, 0.5], 15),
            Patch(West, [1.27, 1.36, 0.56, 0.38], 13),
        ],
        figures: &[Figure(South, 1.6, 0.0, 14), Figure(East, 2.9, -0.4, 11)],
    },
];

impl Room {
    /// The colour of the floor or the ceiling, from the north-west corner.
    pub fn level(&self, ceiling: bool, east: f64, south: f64) -> u8 {
        let [light, dark] = self.floor;
        match (ceiling, (east % 1.0 < 0.5) == (south % 1.0 < 0.5)) {
            (true, _) => 0,
            (false, true) => light,
            (false, false) => dark,
        }
    }

    /// The colour of a wall, this far from its left end and from the floor.
    pub fn wall(&self, wall: Wall, frame: u16, along: f64, height: f64) -> u8 {
        let [light, shade] = self.walls;
        let bare = if matches!(wall, North | South) { light } else { shade };
        let mut figures = self.figures.iter().filter(|figure| figure.0 == wall);
        let mut patches = self.patches.iter().rev().filter(|patch| patch.0 == wall);
        figures
            .find_map(|figure| figure.colour(frame, along, height))
            .or_else(|| patches.find(|patch| patch.covers(along, height)).map(|patch| patch.2))
            .unwrap_or(bare)
    }
}

impl Patch {
    fn covers(&self, along: f64, height: f64) -> bool {
        let [left, bottom, wide, high] = self.1;
        (left..left + wide).contains(&along) && (bottom..bottom + high).contains(&height)
    }
}

impl Figure {
    fn colour(&self, frame: u16, along: f64, height: f64) -> Option<u8> {
        let across = along - (self.1 + self.2 * f64::from(frame));
        let above = height - 1.5;
        if across * across + above * above < 0.13 * 0.13 {
            Some(12)
        } else if across.abs() < 0.08 + (1.4 - height) * 0.12 && (0.0..1.4).contains(&height) {
            Some(self.3)
        } else {
            None
        }
    }
}
