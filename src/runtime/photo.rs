//! Photos of interviews, read from the board's folder and decoded within limits.

use std::io::Cursor;
use std::path::{Component, Path, PathBuf};

use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits};

use crate::app::picture::Picture;
use crate::storage::read_regular;

/// Maximum size of a file.
const BYTES: u64 = 16 << 20;
/// Maximum width and height in pixels.
const SIDE: u32 = 12_000;
/// Maximum memory for decoding.
const MEMORY: u64 = 256 << 20;
/// Maximum size on the screen.
const COLUMNS: u32 = 44;
const ROWS: u32 = 18;

/// The photo in a file of the board, scaled to a part of the screen.
///
/// # Errors
/// The path leads out of the board, or the file is not a picture within the limits.
pub(super) fn read(folders: &[PathBuf], name: &str) -> Result<Picture, String> {
    let [folder] = folders else {
        return Err("photos are shown where one board is open".to_owned());
    };
    let about = |why: String| format!("photo {name}: {why}");
    let file = within(folder, name).map_err(about)?;
    let bytes = read_regular(&file, BYTES).map_err(|error| about(error.to_string()))?;
    decode(&bytes).map_err(|error| about(error.to_string()))
}

/// The file that a relative path names, links resolved, if it is within the folder.
fn within(folder: &Path, name: &str) -> Result<PathBuf, String> {
    let mut parts = Path::new(name).components();
    if !parts.all(|part| matches!(part, Component::Normal(_))) {
        return Err("not a path within the board".to_owned());
    }
    let real = |path: &Path| path.canonicalize().map_err(|error| error.to_string());
    let (root, file) = (real(folder)?, real(&folder.join(name))?);
    if file.starts_with(root) {
        Ok(file)
    } else {
        Err("outside of the board".to_owned())
    }
}

fn decode(bytes: &[u8]) -> Result<Picture, ImageError> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    // A cell is about twice as high as wide, so that its halves are squares.
    let image = image.resize(COLUMNS, 2 * ROWS, FilterType::Triangle);
    let image = image.into_rgb8();
    let pixel = |x: u32, y: u32| image.get_pixel(x, y.min(image.height() - 1)).0;
    let row = |y: u32| (0..image.width()).map(move |x| [pixel(x, y), pixel(x, y + 1)]);
    let rows = (0..image.height()).step_by(2);
    Ok(Picture {
        rows: rows.map(|y| row(y).collect()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture whose upper half is red and whose lower half is blue.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let color = |y| {
            if y < height / 2 {
                [255, 0, 0]
            } else {
                [0, 0, 255]
            }
        };
        let image = image::RgbImage::from_fn(width, height, |_, y| image::Rgb(color(y)));
        let mut bytes = Cursor::new(Vec::new());
        image
            .write_to(&mut bytes, image::ImageFormat::Png)
            .expect("encoded");
        bytes.into_inner()
    }

    #[test]
    fn a_photo_is_scaled_to_half_blocks() {
        let board = tempfile::tempdir().expect("a folder");
        std::fs::write(board.path().join("a.png"), png(400, 200)).expect("written");
        let folders = [board.path().to_owned()];
        let picture = read(&folders, "a.png").expect("a picture");
        assert_eq!((picture.rows[0].len(), picture.rows.len()), (44, 11));
        assert_eq!(picture.rows[0][0], [[255, 0, 0]; 2]);
        assert_eq!(picture.rows[10][43], [[0, 0, 255]; 2]);
    }

    #[test]
    fn only_a_picture_within_the_board_is_read() {
        let (board, other) = (tempfile::tempdir(), tempfile::tempdir());
        let (board, other) = (board.expect("a folder"), other.expect("a folder"));
        std::fs::write(other.path().join("b.png"), png(4, 4)).expect("written");
        let link = board.path().join("link.png");
        std::os::unix::fs::symlink(other.path().join("b.png"), link).expect("linked");
        std::fs::create_dir(board.path().join("folder")).expect("made");
        std::fs::write(board.path().join("text.png"), "no picture").expect("written");
        let folders = [board.path().to_owned()];
        for (name, why) in [
            ("link.png", "outside of the board"),
            ("../b.png", "not a path within the board"),
            ("/etc/passwd", "not a path within the board"),
            ("folder", "photo folder: "),
            ("text.png", "photo text.png: "),
            ("missing.png", "photo missing.png: "),
        ] {
            let refused = read(&folders, name).expect_err(name);
            assert!(refused.contains(why), "{name}: {refused}");
        }
        assert!(read(&[], "a.png").is_err());
    }

    #[test]
    fn a_picture_beyond_the_limits_is_refused_before_it_is_decoded() {
        // The header claims a picture of 60,000 × 60,000 pixels.
        let mut bytes = png(2, 2);
        bytes[16..20].copy_from_slice(&60_000u32.to_be_bytes());
        bytes[20..24].copy_from_slice(&60_000u32.to_be_bytes());
        assert!(decode(&bytes).is_err());
    }
}
