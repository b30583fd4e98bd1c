package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.compression.CertificateCompression;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.extension.CompressCertificate;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CertificateEntry;
import org.almosttls.message.CompressedCertificate;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.registry.CertificateCompressionAlgorithm;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8879: certificates that are compressed, at both ends, and what is wrong with some. */
class CertificateCompressionTest {

    /** Whose certificate it is. */
    private enum Whose {
        SERVERS,
        CLIENTS
    }

    private static TestConfig client() {
        return Tls13.client(TestCertificates.rsaClient());
    }

    private static TestConfig server() {
        return Tls13.server(TestCertificates.ecServer()).asking(ClientAuthentication.NEED);
    }

    private static StatePair pair() throws TlsAlertException {
        return new StatePair(
                client().compressingCertificates().build(),
                server().compressingCertificates().build());
    }

    /** Of which the server or the client has compressed its certificate otherwise than it should. */
    private static StatePair changing(Whose whose, UnaryOperator<CompressedCertificate> change) throws Exception {
        var pair = pair();
        if (whose == Whose.CLIENTS) while (!isNext(pair)) pair.deliverNext();
        return pair.changing(CompressedCertificate.class, message -> change.apply(byZlib(message)));
    }

    /** Whatever else this JVM has. */
    private static CompressedCertificate byZlib(CompressedCertificate message) {
        try {
            byte[] body = CertificateCompression.of(message.algorithm())
                    .orElseThrow()
                    .decompress(message.compressed(), message.uncompressedLength());
            return compressed(body.length, deflated(body));
        } catch (TlsAlertException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private static boolean isNext(StatePair pair) {
        var next = pair.client().outbox().peek();
        return next != null
                && !next.isChangeCipherSpec()
                && next.bytes()[0] == HandshakeType.COMPRESSED_CERTIFICATE.code();
    }

    private static List<Integer> types(StatePair pair) {
        return pair.flown().stream()
                .filter(flying -> !flying.isChangeCipherSpec())
                .map(flying -> (int) flying.bytes()[0])
                .toList();
    }

    private static long count(StatePair pair, HandshakeType type) {
        return types(pair).stream().filter(code -> code == type.code()).count();
    }

    @Test
    void bothEndsCompressWhatTheOtherCanDecompress() throws Exception {
        var pair = pair().handshake();
        assertEquals(2, count(pair, HandshakeType.COMPRESSED_CERTIFICATE));
        assertEquals(0, count(pair, HandshakeType.CERTIFICATE));
        assertEquals(
                TestCertificates.ecServer().chain(),
                pair.client().session().orElseThrow().peerChain());
        assertEquals(
                TestCertificates.rsaClient().chain(),
                pair.server().session().orElseThrow().peerChain());
    }

    @Test
    void nobodyCompressesForWhoHasNotAskedForIt() throws Exception {
        for (boolean client : new boolean[] {true, false}) {
            var pair = new StatePair(
                            (client ? client().compressingCertificates() : client()).build(),
                            (client ? server() : server().compressingCertificates()).build())
                    .handshake();
            assertEquals(2, count(pair, HandshakeType.CERTIFICATE));
        }
    }

    @Test
    void whatWouldNotBeShorterIsSentAsItIs() {
        var config = client().compressingCertificates().build();
        var entry = new CertificateEntry(new byte[] {5, 5, 5}, new Extensions(List.of(), true));
        var short3 = new Certificate13(new byte[0], List.of(entry));
        assertEquals(short3, CertificateCompressions.shorter(short3, CertificateCompressions.offer(config), config));
        assertEquals(
                Certificates.none(Certificates.NO_CONTEXT).body().length,
                ((Certificate13) CertificateCompressions.shorter(
                                Certificates.none(Certificates.NO_CONTEXT),
                                CertificateCompressions.offer(config),
                                config))
                        .body()
                        .length);
    }

    @Test
    void algorithmsThatAreNotThereArePassedOver() {
        var config = client().compressingCertificates().build();
        var entry = new CertificateEntry(new byte[1000], new Extensions(List.of(), true));
        var message = new Certificate13(new byte[0], List.of(entry));
        var unknown = new CertificateCompressionAlgorithm(0x1A1A);
        assertEquals(
                message,
                CertificateCompressions.shorter(
                        message, Optional.of(new CompressCertificate(List.of(unknown))), config));
        var chosen = CertificateCompressions.shorter(
                message,
                Optional.of(new CompressCertificate(List.of(unknown, CertificateCompressionAlgorithm.ZLIB))),
                config);
        assertEquals(CertificateCompressionAlgorithm.ZLIB, ((CompressedCertificate) chosen).algorithm());
    }

    @ParameterizedTest
    @EnumSource(Whose.class)
    void theAlgorithmIsOneThatWasOffered(Whose whose) throws Exception {
        for (int code : new int[] {0, 4, 0x4000}) {
            var pair = changing(
                    whose,
                    message -> new CompressedCertificate(
                            new CertificateCompressionAlgorithm(code),
                            message.uncompressedLength(),
                            message.compressed()));
            Expect.violation(Violation.CERTIFICATE_COMPRESSION_NOT_OFFERED, pair::handshake);
        }
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, Violation.CERTIFICATE_COMPRESSION_NOT_OFFERED.alert());
    }

    @ParameterizedTest
    @EnumSource(Whose.class)
    void theLengthIsThatOfTheMessage(Whose whose) throws Exception {
        for (int off : new int[] {-1, 1}) {
            var pair = changing(
                    whose,
                    message -> new CompressedCertificate(
                            message.algorithm(), message.uncompressedLength() + off, message.compressed()));
            Expect.violation(Violation.UNCOMPRESSED_LENGTH_WRONG, pair::handshake);
        }
        assertEquals(AlertDescription.BAD_CERTIFICATE, Violation.UNCOMPRESSED_LENGTH_WRONG.alert());
    }

    @ParameterizedTest
    @EnumSource(Whose.class)
    void nothingStandsBehindWhatIsCompressed(Whose whose) throws Exception {
        for (int more : new int[] {-1, 1}) {
            var pair = changing(
                    whose,
                    message -> compressed(
                            message.uncompressedLength(),
                            Arrays.copyOf(message.compressed(), message.compressed().length + more)));
            Expect.violation(Violation.CERTIFICATE_NOT_COMPRESSED, pair::handshake);
        }
        assertEquals(AlertDescription.BAD_CERTIFICATE, Violation.CERTIFICATE_NOT_COMPRESSED.alert());
    }

    @ParameterizedTest
    @EnumSource(Whose.class)
    void garbageDoesNotDecompress(Whose whose) throws Exception {
        var pair = changing(
                whose, message -> compressed(message.uncompressedLength(), new byte[message.compressed().length]));
        Expect.violation(Violation.CERTIFICATE_NOT_COMPRESSED, pair::handshake);
    }

    @ParameterizedTest
    @EnumSource(Whose.class)
    void itIsNoLongerThanAnyMessage(Whose whose) throws Exception {
        for (int length : new int[] {HandshakeReassembler.MAX_MESSAGE + 1, 0xFFFFFF}) {
            var pair = changing(whose, message -> compressed(length, deflated(new byte[length])));
            Expect.violation(Violation.MESSAGE_TOO_LONG, pair::handshake);
        }
    }

    @ParameterizedTest
    @EnumSource(Whose.class)
    void whatIsInItIsReadAsIfItWereNotCompressed(Whose whose) throws Exception {
        var malformed = changing(whose, message -> compressed(8, deflated(new byte[8])));
        Expect.violation(Violation.MALFORMED_MESSAGE, malformed::handshake);
        var empty = changing(whose, message -> compressed(4, deflated(new byte[4])));
        Expect.violation(
                whose == Whose.SERVERS ? Violation.CERTIFICATE_LIST_EMPTY : Violation.CERTIFICATE_REQUIRED,
                empty::handshake);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsCompressedForWhoHasNotAskedForIt(boolean ofServer) throws Exception {
        var pair = new StatePair(client().build(), server().build());
        if (!ofServer) while (pair.client().session().isEmpty()) pair.deliverNext();
        pair.changing(Certificate13.class, message -> compressed(message.body().length, deflated(message.body())));
        Expect.violation(Violation.UNEXPECTED_MESSAGE, pair::handshake);
    }

    @Test
    void noAnswerSaysWhatCanBeDecompressed() throws Exception {
        var pair = pair().changing(EncryptedExtensions.class, message -> {
            var more = new ArrayList<Extension>(message.extensions().all());
            more.add(new CompressCertificate(List.of(CertificateCompressionAlgorithm.ZLIB)));
            return new EncryptedExtensions(new Extensions(more, true));
        });
        Expect.violation(Violation.EXTENSION_MISPLACED, pair::handshake);
    }

    @Test
    void anOlderVersionKnowsNothingOfIt() throws Exception {
        var pair = new StatePair(
                        Tls13.too(TestConfig.client()).compressingCertificates().build(),
                        TestConfig.server(TestCertificates.ecServer())
                                .compressingCertificates()
                                .build())
                .handshake();
        assertTrue(pair.client().session().isPresent());
        assertEquals(1, count(pair, HandshakeType.CERTIFICATE));
    }

    private static CompressedCertificate compressed(int length, byte[] octets) {
        return new CompressedCertificate(CertificateCompressionAlgorithm.ZLIB, length, octets);
    }

    private static byte[] deflated(byte[] message) {
        var deflater = new Deflater();
        deflater.setInput(message);
        deflater.finish();
        byte[] compressed = new byte[message.length + 100];
        int length = deflater.deflate(compressed);
        deflater.end();
        return Arrays.copyOf(compressed, length);
    }
}
