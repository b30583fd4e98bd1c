package org.almosttls.vectors;

import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.PeerVerifier;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Captured;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.wire.WireWriter;

/** One of the handshakes of RFC 8448 by the name of its section. */
record Rfc8448Trace(String name) {

    private static final Captured MESSAGES = Captured.in("rfc8448.txt");
    private static final Captured RECORDS = Captured.in("rfc8448-records.txt");
    private static final int HANDSHAKE = 22;

    /** What both ends of the traces send when there is data: the numbers from 0 to 49. */
    static byte[] content() {
        var content = new byte[50];
        for (int i = 0; i < content.length; i++) content[i] = (byte) i;
        return content;
    }

    /** The schemes of both ends, by which CertificateRequest asks too. */
    static List<SignatureScheme> schemes() {
        return List.of(
                        0x0403, 0x0503, 0x0603, 0x0203, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0201, 0x0402,
                        0x0502, 0x0602, 0x0202)
                .stream()
                .map(SignatureScheme::new)
                .toList();
    }

    /** The certificates of the traces sign themselves, and their time is over. */
    static PeerVerifier trusting() {
        return new PeerVerifier() {
            @Override
            protected void check(PeerIdentity identity) {
                // Whoever is in the trace.
            }

            @Override
            public List<X509Certificate> acceptedIssuers() {
                return List.of();
            }
        };
    }

    byte[] message(String what) {
        return MESSAGES.message(name + " " + what);
    }

    byte[] record(String what) {
        return RECORDS.message(name + " " + what);
    }

    /** The record of what is not encrypted. */
    byte[] plainRecord(String what, int version) {
        return plainRecord(message(what), version);
    }

    static byte[] plainRecord(byte[] message, int version) {
        return new WireWriter()
                .uint8(HANDSHAKE)
                .uint16(version)
                .vector16(out -> out.opaque(message))
                .toByteArray();
    }

    /** The messages of a flight one by one. */
    List<byte[]> messages(String flight) {
        byte[] all = message(flight);
        var messages = new ArrayList<byte[]>();
        for (int start = 0; start < all.length; ) {
            int length = (all[start + 1] & 0xFF) << 16 | (all[start + 2] & 0xFF) << 8 | all[start + 3] & 0xFF;
            messages.add(Arrays.copyOfRange(all, start, start + 4 + length));
            start += 4 + length;
        }
        return messages;
    }

    /** Of all messages in the flight the one of this kind. */
    <M extends HandshakeMessage> M find(String flight, Class<M> kind) throws Exception {
        for (byte[] each : messages(flight)) {
            var message = HandshakeDecoder.TLS_1_3.decode(each);
            if (kind.isInstance(message)) return kind.cast(message);
        }
        throw new IllegalArgumentException(name + " " + flight + ": " + kind);
    }

    byte[] signature(String flight) throws Exception {
        return find(flight, CertificateVerify.class).signature();
    }

    /** Whose private key is not needed, as its signature is known. */
    TestIdentity identity(String flight) throws Exception {
        var chain = new ArrayList<X509Certificate>();
        for (byte[] each : find(flight, Certificate13.class).chain()) chain.add(certificate(each));
        return new TestIdentity(chain, new Unknown(chain.get(0).getPublicKey().getAlgorithm()));
    }

    private static X509Certificate certificate(byte[] encoded) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private record Unknown(String algorithm) implements PrivateKey {

        private static final long serialVersionUID = 1L;

        @Override
        public String getAlgorithm() {
            return algorithm;
        }

        @Override
        public String getFormat() {
            return null;
        }

        @Override
        public byte[] getEncoded() {
            return null;
        }
    }
}
