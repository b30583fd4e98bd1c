package org.almosttls.testkit;

import java.util.Arrays;
import java.util.List;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.ExtendedMasterSecret;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.message.Certificate;
import org.almosttls.message.CertificateRequest;
import org.almosttls.message.CertificateStatus;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.ChangeCipherSpec;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ClientKeyExchange;
import org.almosttls.message.ClientKeyExchange.DhePublic;
import org.almosttls.message.ClientKeyExchange.EcdhePublic;
import org.almosttls.message.ClientKeyExchange.EncryptedPremasterSecret;
import org.almosttls.message.EncryptedMasterSecret;
import org.almosttls.message.Finished;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.Hello;
import org.almosttls.message.HelloRequest;
import org.almosttls.message.NewSessionTicket;
import org.almosttls.message.ServerHello;
import org.almosttls.message.ServerHelloDone;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams.ServerDhParams;
import org.almosttls.message.ServerParams.ServerEcdhParams;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;

/** One well-formed instance of every message; keys, certificates and signatures in them are filler. */
public final class Samples {

    private Samples() {}

    /** The message of this type; a ClientKeyExchange is the one of ECDHE. */
    public static HandshakeMessage of(HandshakeType type) {
        return switch (type) {
            case HELLO_REQUEST -> new HelloRequest();
            case CLIENT_HELLO -> clientHello();
            case SERVER_HELLO -> serverHello();
            case NEW_SESSION_TICKET -> new NewSessionTicket(0x80000001L, octets(90, 12));
            case CERTIFICATE -> new Certificate(List.of(octets(40, 1), octets(30, 2)));
            case SERVER_KEY_EXCHANGE ->
                new ServerKeyExchange(
                        new ServerEcdhParams(NamedGroup.X25519, octets(32, 9)),
                        SignatureScheme.RSA_PSS_RSAE_SHA256,
                        octets(256, 3));
            case CERTIFICATE_REQUEST ->
                new CertificateRequest(
                        List.of(1, 64),
                        List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.RSA_PKCS1_SHA256),
                        List.of(octets(20, 4)));
            case SERVER_HELLO_DONE -> new ServerHelloDone();
            case CERTIFICATE_VERIFY -> new CertificateVerify(SignatureScheme.ECDSA_SECP256R1_SHA256, octets(71, 5));
            case CLIENT_KEY_EXCHANGE -> clientKeyExchange(KeyExchange.ECDHE);
            case FINISHED -> new Finished(octets(12, 6));
            case CERTIFICATE_STATUS -> CertificateStatus.ofOcsp(octets(120, 17));
            case END_OF_EARLY_DATA, ENCRYPTED_EXTENSIONS, KEY_UPDATE, COMPRESSED_CERTIFICATE -> Samples13.of(type);
            case HELLO -> new Hello();
            case ENCRYPTED_MASTER_SECRET -> new EncryptedMasterSecret(octets(256, 11));
        };
    }

    public static ClientKeyExchange clientKeyExchange(KeyExchange keyExchange) {
        return switch (keyExchange) {
            case RSA -> new EncryptedPremasterSecret(octets(256, 7));
            case ECDHE -> new EcdhePublic(octets(32, 9));
            case DHE -> new DhePublic(octets(256, 13));
        };
    }

    /** The server's part of DHE. */
    public static ServerKeyExchange dheServerKeyExchange() {
        var params = new ServerDhParams(octets(256, 15), octets(1, 2), octets(256, 16));
        return new ServerKeyExchange(params, SignatureScheme.RSA_PSS_RSAE_SHA256, octets(256, 3));
    }

    public static ChangeCipherSpec changeCipherSpec() {
        return new ChangeCipherSpec();
    }

    /** A TLS 1.2 offer with every extension that a 1.2 handshake here makes use of. */
    public static ClientHello clientHello() {
        return new ClientHello(
                ProtocolVersion.TLS_1_2,
                octets(32, 0xC1),
                new byte[0],
                List.of(
                        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                        CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA),
                new byte[] {0},
                Extensions.of(List.of(
                        new ServerNames(List.of("localhost")),
                        new SupportedGroups(List.of(NamedGroup.X25519, NamedGroup.SECP256R1)),
                        new EcPointFormats(new byte[] {0}),
                        new SignatureAlgorithms(
                                List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.RSA_PSS_RSAE_SHA256)),
                        new ApplicationProtocols(List.of("h2", "http/1.1")),
                        new ExtendedMasterSecret(),
                        new RenegotiationInfo(new byte[0]))));
    }

    /** An answer to {@link #clientHello()}. */
    public static ServerHello serverHello() {
        return new ServerHello(
                ProtocolVersion.TLS_1_2,
                octets(32, 0x5E),
                octets(32, 8),
                CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                0,
                Extensions.of(List.of(
                        new ServerNames(List.of()),
                        new EcPointFormats(new byte[] {0}),
                        new ApplicationProtocols(List.of("h2")),
                        new ExtendedMasterSecret(),
                        new RenegotiationInfo(new byte[0]))));
    }

    static byte[] octets(int length, int value) {
        var octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        return octets;
    }
}
