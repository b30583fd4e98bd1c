package org.almosttls.testkit;

import static org.almosttls.testkit.Samples.octets;

import java.util.List;
import java.util.stream.Stream;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.CertificateAuthorities;
import org.almosttls.extension.CompressCertificate;
import org.almosttls.extension.Cookie;
import org.almosttls.extension.EarlyData;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.KeyShare;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.MaxEarlyData;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.extension.OidFilters;
import org.almosttls.extension.PostHandshakeAuth;
import org.almosttls.extension.PreSharedKeyModes;
import org.almosttls.extension.PskIdentity;
import org.almosttls.extension.RequestedKeyShare;
import org.almosttls.extension.SelectedPreSharedKey;
import org.almosttls.extension.SelectedVersion;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.StatusResponse;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CertificateEntry;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.ClientHello;
import org.almosttls.message.CompressedCertificate;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.message.EndOfEarlyData;
import org.almosttls.message.Finished;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.KeyUpdate;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CertificateCompressionAlgorithm;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;

/** One well-formed instance of every message of TLS 1.3; keys, certificates and signatures in them are filler. */
public final class Samples13 {

    private Samples13() {}

    /** Each once, and both forms of those that have two. */
    public static Stream<HandshakeMessage> all() {
        return Stream.concat(
                Stream.of(
                                HandshakeType.CLIENT_HELLO,
                                HandshakeType.SERVER_HELLO,
                                HandshakeType.NEW_SESSION_TICKET,
                                HandshakeType.END_OF_EARLY_DATA,
                                HandshakeType.ENCRYPTED_EXTENSIONS,
                                HandshakeType.CERTIFICATE,
                                HandshakeType.CERTIFICATE_REQUEST,
                                HandshakeType.CERTIFICATE_VERIFY,
                                HandshakeType.FINISHED,
                                HandshakeType.KEY_UPDATE,
                                HandshakeType.COMPRESSED_CERTIFICATE)
                        .map(Samples13::of),
                Stream.of(helloRetryRequest(), new KeyUpdate(true), new Certificate13(octets(32, 9), List.of())));
    }

    /** The message of this type as TLS 1.3 has it, or that of an older version if it has none. */
    public static HandshakeMessage of(HandshakeType type) {
        return switch (type) {
            case CLIENT_HELLO -> clientHello();
            case SERVER_HELLO -> serverHello();
            case NEW_SESSION_TICKET ->
                new NewSessionTicket13(
                        604_800,
                        0xFFFF_FFFFL,
                        octets(1, 0),
                        octets(90, 12),
                        extensions(new MaxEarlyData(0xFFFF_FFFFL)));
            case END_OF_EARLY_DATA -> new EndOfEarlyData();
            case ENCRYPTED_EXTENSIONS -> encryptedExtensions();
            case CERTIFICATE -> certificate();
            case CERTIFICATE_REQUEST ->
                new CertificateRequest13(
                        new byte[0],
                        extensions(
                                new SignatureAlgorithms(List.of(SignatureScheme.ED25519)),
                                new CertificateAuthorities(List.of(octets(20, 4))),
                                new OidFilters(List.of(new OidFilters.Filter(octets(5, 6), octets(4, 3))))));
            case FINISHED -> new Finished(octets(32, 6));
            case KEY_UPDATE -> new KeyUpdate(false);
            case COMPRESSED_CERTIFICATE ->
                new CompressedCertificate(CertificateCompressionAlgorithm.ZLIB, 900, octets(300, 21));
            default -> Samples.of(type);
        };
    }

    /** An offer of TLS 1.3 with every extension that it alone has. */
    public static ClientHello clientHello() {
        return new ClientHello(
                ProtocolVersion.TLS_1_2,
                octets(32, 0xC3),
                octets(32, 0x1D),
                List.of(CipherSuite.TLS_AES_128_GCM_SHA256),
                new byte[] {0},
                extensions(
                        new ServerNames(List.of("localhost")),
                        new SupportedGroups(List.of(NamedGroup.X25519, NamedGroup.SECP256R1)),
                        new SignatureAlgorithms(List.of(SignatureScheme.ECDSA_SECP256R1_SHA256)),
                        new SupportedVersions(List.of(ProtocolVersion.TLS_1_3)),
                        new KeyShares(List.of(share())),
                        new Cookie(octets(20, 0xC0)),
                        new PostHandshakeAuth(),
                        new CertificateAuthorities(List.of(octets(20, 4))),
                        new CompressCertificate(
                                List.of(CertificateCompressionAlgorithm.ZLIB, CertificateCompressionAlgorithm.BROTLI)),
                        new EarlyData(),
                        new PreSharedKeyModes(List.of(PreSharedKeyModes.PSK_WITH_KEY_SHARE)),
                        new OfferedPreSharedKeys(
                                List.of(new PskIdentity(octets(90, 12), 0xFFFF_FFFFL)), List.of(octets(32, 0xB1)))));
    }

    /** An answer to {@link #clientHello()}. */
    public static ServerHello serverHello() {
        return new ServerHello(
                ProtocolVersion.TLS_1_2,
                octets(32, 0x5E),
                octets(32, 0x1D),
                CipherSuite.TLS_AES_128_GCM_SHA256,
                0,
                extensions(
                        new SelectedVersion(ProtocolVersion.TLS_1_3),
                        new KeyShare(share()),
                        new SelectedPreSharedKey(0)));
    }

    /** Another answer to {@link #clientHello()}. */
    public static ServerHello helloRetryRequest() {
        return ServerHello.helloRetryRequest(
                octets(32, 0x1D),
                CipherSuite.TLS_AES_128_GCM_SHA256,
                extensions(
                        new SelectedVersion(ProtocolVersion.TLS_1_3),
                        new RequestedKeyShare(NamedGroup.SECP256R1),
                        new Cookie(octets(20, 0xC0))));
    }

    private static EncryptedExtensions encryptedExtensions() {
        return new EncryptedExtensions(extensions(
                new ServerNames(List.of()),
                new SupportedGroups(List.of(NamedGroup.X25519)),
                new ApplicationProtocols(List.of("h2"))));
    }

    private static Certificate13 certificate() {
        return new Certificate13(
                new byte[0],
                List.of(
                        new CertificateEntry(octets(40, 1), extensions(StatusResponse.ofOcsp(octets(120, 17)))),
                        new CertificateEntry(octets(30, 2), extensions())));
    }

    private static KeyShareEntry share() {
        return new KeyShareEntry(NamedGroup.X25519, octets(32, 9));
    }

    private static Extensions extensions(Extension... all) {
        return new Extensions(List.of(all), true);
    }
}
