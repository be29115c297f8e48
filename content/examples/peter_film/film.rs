//! A small 360-degree film of Peter's year: four rooms, seen from their middle, drawn by rays.
//!
//! It is a stand-in that the project can give away, so that the pack carries a real film. Every
//! frame is an equirectangular picture; the file is an animated GIF, which every phone can show. It
//! uses no function whose last bits differ between machines, so the file is the same everywhere.

#[path = "rooms.rs"]
mod rooms;

use std::f64::consts::PI;

use gif::{DisposalMethod, Encoder, EncodingError, Frame};
use rooms::{ROOMS, Room, Wall};

/// Seconds that each of the four scenes lasts.
pub const SCENE_SECONDS: u16 = 15;

const SECONDS_A_FRAME: u16 = 3;
const WIDTH: u16 = 640;
const HEIGHT: u16 = 320;

// Half the room from east to west and from north to south, its height, and the eye's, in metres.
const HALF_WIDTH: f64 = 2.5;
const HALF_DEPTH: f64 = 2.0;
const CEILING: f64 = 2.6;
const EYE: f64 = 1.3;

/// The bytes of the film.
pub fn film() -> Result<Vec<u8>, EncodingError> {
    let mut film = Encoder::new(Vec::new(), WIDTH, HEIGHT, rooms::COLOURS.as_flattened())?;
    for room in &ROOMS {
        for number in 0..SCENE_SECONDS / SECONDS_A_FRAME {
            let picture = picture(room, number);
            let mut frame = Frame::from_indexed_pixels(WIDTH, HEIGHT, picture, None);
            frame.delay = SECONDS_A_FRAME * 100;
            frame.dispose = DisposalMethod::Any;
            film.write_frame(&frame)?;
        }
    }
    film.into_inner()
}

fn picture(room: &Room, frame: u16) -> Vec<u8> {
    let rows = (0..HEIGHT).map(|y| PI / 2.0 - (f64::from(y) + 0.5) / f64::from(HEIGHT) * PI);
    rows.flat_map(|latitude| {
        (0..WIDTH).map(move |x| {
            let longitude = (f64::from(x) + 0.5) / f64::from(WIDTH) * 2.0 * PI - PI;
            look(room, frame, longitude, latitude)
        })
    })
    .collect()
}

/// The colour in one direction. Longitude zero looks north.
fn look(room: &Room, frame: u16, longitude: f64, latitude: f64) -> u8 {
    let (east, up) = (cosine(latitude) * sine(longitude), sine(latitude));
    let south = -cosine(latitude) * cosine(longitude);
    let to_side = HALF_WIDTH / east.abs();
    let to_end = HALF_DEPTH / south.abs();
    let to_level = if up > 0.0 { (CEILING - EYE) / up } else { EYE / -up };
    let far = to_side.min(to_end).min(to_level);
    let (x, height, z) = (east * far, EYE + up * far, south * far);
    if to_level <= far {
        return room.level(up > 0.0, x + HALF_WIDTH, z + HALF_DEPTH);
    }
    // Along a wall one measures from its left end, as a person standing inside sees it.
    let (wall, along) = match (to_end <= far, south < 0.0, east > 0.0) {
        (true, true, _) => (Wall::North, HALF_WIDTH + x),
        (true, false, _) => (Wall::South, HALF_WIDTH - x),
        (false, _, true) => (Wall::East, HALF_DEPTH + z),
        (false, _, false) => (Wall::West, HALF_DEPTH - z),
    };
    room.wall(wall, frame, along, height)
}

/// The sine of an angle from -3/2 pi to 3/2 pi, by its series: to a few parts in ten million, and
/// the same on every machine, which the system's own function does not promise.
fn sine(angle: f64) -> f64 {
    let folded = if angle > PI / 2.0 {
        PI - angle
    } else if angle < -PI / 2.0 {
        -PI - angle
    } else {
        angle
    };
    let square = folded * folded;
    let series = [110.0, 72.0, 42.0, 20.0, 6.0];
    folded * series.into_iter().fold(1.0, |inner, divisor| 1.0 - square / divisor * inner)
}

fn cosine(angle: f64) -> f64 {
    sine(PI / 2.0 - angle.abs())
}
