package org.almosttls.message;

import java.util.Arrays;
import java.util.HexFormat;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.extension.ExtensionDecoder;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.SelectedVersion;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 5246 §7.4.1.3, RFC 8446 §4.1.3: what the server chose, or in 1.3 that it asks for another hello. */
public record ServerHello(
        ProtocolVersion legacyVersion,
        byte[] random,
        byte[] sessionId,
        CipherSuite cipherSuite,
        int compressionMethod,
        Extensions extensions)
        implements HandshakeMessage {

    private static final ExtensionDecoder RETRY = ExtensionDecoder.HELLO_RETRY_REQUEST;

    /** RFC 8446 §4.1.3: SHA-256 of "HelloRetryRequest". */
    private static final byte[] RETRY_RANDOM =
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    @Override
    public HandshakeType type() {
        return HandshakeType.SERVER_HELLO;
    }

    static ServerHello decode(WireReader in) throws TlsAlertException {
        var legacyVersion = new ProtocolVersion(in.uint16());
        byte[] random = in.opaque(32);
        return new ServerHello(
                legacyVersion,
                random,
                in.opaque8(0, 32),
                new CipherSuite(in.uint16()),
                in.uint8(),
                Extensions.decode(in, isRetry(random) ? RETRY : ExtensionDecoder.SERVER_HELLO));
    }

    /** RFC 8446 §4.1.4. */
    public static ServerHello helloRetryRequest(byte[] sessionId, CipherSuite suite, Extensions extensions) {
        return new ServerHello(ProtocolVersion.TLS_1_2, RETRY_RANDOM.clone(), sessionId, suite, 0, extensions);
    }

    /** RFC 8446 §4.1.3: the random alone tells a HelloRetryRequest. */
    public boolean isHelloRetryRequest() {
        return isRetry(random);
    }

    /** RFC 8446 §4.2.1: what the server has chosen. */
    public ProtocolVersion version() {
        return extensions
                .find(SelectedVersion.class)
                .map(SelectedVersion::version)
                .orElse(legacyVersion);
    }

    private static boolean isRetry(byte[] random) {
        return Arrays.equals(random, RETRY_RANDOM);
    }

    @Override
    public void encode(WireWriter out) {
        out.uint16(legacyVersion.code()).opaque(random).opaque8(sessionId);
        out.uint16(cipherSuite.code()).uint8(compressionMethod);
        extensions.encode(out);
    }
}
