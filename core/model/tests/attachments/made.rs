//! PDFs that are made for a test: objects, packed parts, and streams packed in any way.

use std::fmt::Write;

use enhance_model::attachment::{AttachmentFault, Removed, Stripped, strip};

use super::{original, says};

/// A PDF that is being put together.
pub struct Pdf {
    pub bytes: Vec<u8>,
    places: Vec<(u32, usize)>,
}

impl Pdf {
    /// One with a page, whose catalog and page say this too.
    pub fn new(of_catalog: &str, of_page: &str) -> Self {
        let mut pdf = Self { bytes: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), places: Vec::new() };
        pdf.add(1, format!("<</Type/Catalog/Pages 2 0 R{of_catalog}>>"));
        pdf.add(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
        let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<<";
        pdf.add(3, format!("{page}/XObject<</Im1 6 0 R>>>>{of_page}>>"));
        pdf.stream(4, "", b"BT (The words of the page) Tj ET");
        pdf
    }

    pub fn add(&mut self, number: u32, value: impl AsRef<[u8]>) {
        self.places.push((number, self.bytes.len()));
        self.bytes.extend(format!("{number} 0 obj\n").as_bytes());
        self.bytes.extend(value.as_ref());
        self.bytes.extend(b"\nendobj\n");
    }

    pub fn stream(&mut self, number: u32, dictionary: &str, inside: &[u8]) {
        let length = inside.len();
        let head = format!("<<{dictionary}/Length {length}>>stream\n");
        self.add(number, [head.as_bytes(), inside, b"\nendstream"].concat());
    }

    /// A picture on the page, packed like this.
    pub fn picture(&mut self, filter: &str, inside: &[u8]) {
        let picture = "/Type/XObject/Subtype/Image/Width 24/Height 16/ColorSpace/DeviceRGB";
        self.stream(6, &format!("{picture}/BitsPerComponent 8{filter}"), inside);
    }

    /// Objects in one packed part.
    pub fn packed(&mut self, number: u32, objects: &[(u32, &str)], filters: &[&str]) {
        let (mut numbers, mut inside) = (String::new(), String::new());
        for (number, object) in objects {
            write!(numbers, "{number} {} ", inside.len()).unwrap();
            inside += object;
            inside += " ";
        }
        let (count, first) = (objects.len(), numbers.len());
        let packed = filters
            .iter()
            .rev()
            .fold((numbers + &inside).into_bytes(), |bytes, filter| pack(filter, &bytes));
        let filters: Vec<String> = filters.iter().map(|filter| format!("/{filter}")).collect();
        let filters = filters.join(" ");
        let head = format!("/Type/ObjStm/N {count}/First {first}/Filter[{filters}]");
        self.stream(number, &head, &packed);
    }

    /// The end of the file, or of a version of it.
    pub fn end(&mut self, trailer: &str) {
        let start = self.bytes.len();
        let mut table = String::from("xref\n0 1\n0000000000 65535 f \n");
        for (number, place) in &self.places {
            write!(table, "{number} 1\n{place:010} 00000 n \n").unwrap();
        }
        write!(table, "trailer\n<</Size 40/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n")
            .unwrap();
        self.bytes.extend(table.as_bytes());
    }

    /// The whole of it, stripped.
    pub fn stripped(mut self, trailer: &str) -> Stripped {
        self.end(trailer);
        let stripped = strip(&self.bytes).unwrap();
        assert_eq!(stripped.bytes.len(), self.bytes.len(), "no place in it moves");
        assert!(says(&stripped.bytes, b"(The words of the page) Tj"));
        assert_eq!(strip(&stripped.bytes).unwrap().bytes, stripped.bytes, "once is enough");
        stripped
    }

    /// Why it is refused.
    pub fn refused(mut self) -> AttachmentFault {
        self.end("");
        strip(&self.bytes).unwrap_err()
    }
}

/// Whether this was taken out, as a person is told.
pub fn told(stripped: &Stripped, what: Removed) -> bool {
    stripped.removed.contains(&what)
}

/// A stream packed as others do it.
pub fn pack(filter: &str, bytes: &[u8]) -> Vec<u8> {
    match filter {
        "FlateDecode" | "Fl" => miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6),
        "ASCIIHexDecode" | "AHx" => {
            let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
            (digits.collect::<String>() + ">").into_bytes()
        }
        "ASCII85Decode" | "A85" => base85(bytes),
        "RunLengthDecode" | "RL" => {
            let runs = bytes
                .chunks(100)
                .flat_map(|run| [&[u8::try_from(run.len() - 1).unwrap()][..], run].concat());
            runs.chain([128]).collect()
        }
        _ => bytes.to_vec(),
    }
}

/// What is in a stream that was packed like this; what comes after its end does not matter.
pub fn unpack(filter: &str, bytes: &[u8]) -> Vec<u8> {
    match filter {
        "FlateDecode" | "Fl" => miniz_oxide::inflate::decompress_to_vec_zlib(bytes).unwrap(),
        "ASCIIHexDecode" | "AHx" => {
            let end = bytes.iter().position(|byte| *byte == b'>').unwrap();
            let pairs = bytes[..end].chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
            pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
        }
        "ASCII85Decode" | "A85" => {
            let end = bytes.iter().position(|byte| *byte == b'~').unwrap();
            bytes[..end].chunks(5).flat_map(from_base85).collect()
        }
        "RunLengthDecode" | "RL" => {
            let (mut unpacked, mut left) = (Vec::new(), bytes);
            while left[0] < 128 {
                let length = usize::from(left[0]) + 1;
                unpacked.extend(&left[1..=length]);
                left = &left[length + 1..];
            }
            unpacked
        }
        _ => bytes.to_vec(),
    }
}

fn base85(bytes: &[u8]) -> Vec<u8> {
    let groups = bytes.chunks(4).flat_map(|chunk| {
        let mut four = [0; 4];
        four[..chunk.len()].copy_from_slice(chunk);
        let sum = u32::from_be_bytes(four);
        let digit = move |place| u8::try_from(sum / 85_u32.pow(4 - place) % 85).unwrap() + b'!';
        (0..=u32::try_from(chunk.len()).unwrap()).map(digit)
    });
    groups.chain(*b"~>").collect()
}

fn from_base85(group: &[u8]) -> Vec<u8> {
    let digits = (0..5).map(|at| u32::from(*group.get(at).unwrap_or(&b'u') - b'!'));
    let sum = digits.fold(0_u32, |sum, digit| sum.wrapping_mul(85).wrapping_add(digit));
    sum.to_be_bytes()[..group.len() - 1].to_vec()
}

/// What stands in the stream of an object.
pub fn inside(pdf: &[u8], number: u32) -> &[u8] {
    let find = |bytes: &[u8], wanted: &[u8]| {
        bytes.windows(wanted.len()).position(|window| window == wanted).unwrap()
    };
    let object = &pdf[find(pdf, format!("\n{number} 0 obj").as_bytes())..];
    let stream = &object[find(object, b"stream\n") + 7..];
    &stream[..find(stream, b"\nendstream")]
}

/// A photograph with a camera's notes, a remark and a second picture after its end.
pub fn photograph() -> Vec<u8> {
    original("photograph.jpg")
}
