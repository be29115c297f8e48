//! Who somebody is: enrolment, invitations, devices and certificates.

use enhance_model::{
    Role, Timestamp,
    sign_off::{Certificate, PublicKey, Signature},
};
use enhance_protocol::{
    CertificateRequest, CertificateResponse, DeviceInfo, DeviceRequest, DeviceResponse, DeviceStep,
    EnrolRequest, EnrolResponse, InvitationRequest, InvitationResponse, PROTOCOL, Parted,
    PersonRequest, PersonResponse,
};

use crate::{EPOCH, NOW, Opaque, PHONE, TRAINEE, golden, person, settings};

fn certificate() -> Certificate {
    Certificate {
        person: TRAINEE,
        name: "Dr A".into(),
        role: Role::Trainee,
        device: PHONE,
        key: PublicKey::from_bytes([0xaa; 32]),
        from: Timestamp::from_unix_millis(1_795_000_000_000),
        signature: Signature::from_bytes([0xbb; 64]),
    }
}

#[test]
fn a_certificate_for_another_key() {
    golden(
        "certificate-request.cbor",
        &CertificateRequest {
            protocol: PROTOCOL,
            nonce: [0x55; 8].into(),
            key: PublicKey::from_bytes([0xaa; 32]),
        },
    );
    golden(
        "certificate-response.cbor",
        &CertificateResponse { nonce: [0x55; 8].into(), certificate: certificate() },
    );
}

#[test]
fn steps_with_devices() {
    let steps = [
        ("list", DeviceStep::List),
        ("rename", DeviceStep::Rename { device: PHONE, name: "Ward phone".into() }),
        ("sign-out", DeviceStep::SignOut { device: PHONE }),
        ("renew", DeviceStep::Renew { token: [0x77; 20].into() }),
        (
            "part",
            DeviceStep::Part {
                device: PHONE,
                token: [0x77; 20].into(),
                signing_key: PublicKey::from_bytes([0xaa; 32]),
            },
        ),
    ];
    for (name, step) in steps {
        let request = DeviceRequest { protocol: PROTOCOL, nonce: [0x55; 8].into(), step };
        golden(&format!("device-{name}.cbor"), &Opaque(request));
    }
    let info =
        DeviceInfo { device: PHONE, name: "Ward phone".into(), joined_at: NOW, used_at: NOW };
    let parted = Some(Parted { person: person(), certificate: certificate() });
    golden(
        "device-response.cbor",
        &DeviceResponse { nonce: [0x55; 8].into(), devices: vec![info], parted },
    );
}

#[test]
fn enrolment_and_invitation() {
    golden(
        "enrol-request.cbor",
        &Opaque(EnrolRequest {
            protocol: PROTOCOL,
            nonce: [0x55; 8].into(),
            invitation: "ABCD-EFGH".into(),
            device: PHONE,
            device_name: "Ward phone".into(),
            token: [0x77; 20].into(),
            wrapped_account_key: vec![0x88; 72],
            signing_key: PublicKey::from_bytes([0xaa; 32]),
            returning: None,
        }),
    );
    golden(
        "enrol-response.cbor",
        &EnrolResponse {
            nonce: [0x55; 8].into(),
            person: person(),
            epoch: EPOCH,
            wrapped_account_key: vec![0x88; 72],
            publisher_key: [0x99; 32].into(),
            certificate: certificate(),
            settings: settings(),
        },
    );
    golden(
        "invitation-request.cbor",
        &InvitationRequest { protocol: PROTOCOL, nonce: [0x55; 8].into() },
    );
    golden(
        "invitation-response.cbor",
        &InvitationResponse { nonce: [0x55; 8].into(), invitation: "ABCD-EFGH".into() },
    );
    golden(
        "person-request.cbor",
        &PersonRequest { protocol: PROTOCOL, nonce: [0x55; 8].into(), person: person().id },
    );
    golden("person-response.cbor", &PersonResponse { nonce: [0x55; 8].into(), person: person() });
}
