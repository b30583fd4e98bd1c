package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslCertificateCompressionAlgorithm;
import io.netty.handler.ssl.OpenSslCertificateCompressionConfig;
import io.netty.handler.ssl.OpenSslCertificateCompressionConfig.AlgorithmMode;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLEngine;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.message.CompressedCertificate;
import org.almosttls.registry.CertificateCompressionAlgorithm;
import org.almosttls.testkit.End;
import org.almosttls.testkit.EngineOpposite;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RFC 8879 with BoringSSL, which has its caller compress and decompress, here by streams; it does so for certificates of
 * servers alone.
 */
class CertificateCompressionInteropTest {

    private static final byte[] GREETING = "hello from here\n".getBytes(StandardCharsets.US_ASCII);

    /** How a stream compresses or decompresses another. */
    @FunctionalInterface
    private interface Around<S> {
        S make(S other) throws IOException;
    }

    /** Counts what it did. */
    private record Streams(
            CertificateCompressionAlgorithm algorithm,
            Around<OutputStream> compressing,
            Around<InputStream> decompressing,
            AtomicInteger compressed,
            AtomicInteger decompressed)
            implements OpenSslCertificateCompressionAlgorithm {

        static Streams of(
                CertificateCompressionAlgorithm algorithm,
                Around<OutputStream> compressing,
                Around<InputStream> decompressing) {
            return new Streams(algorithm, compressing, decompressing, new AtomicInteger(), new AtomicInteger());
        }

        @Override
        public byte[] compress(SSLEngine engine, byte[] message) throws IOException {
            var out = new ByteArrayOutputStream();
            try (var around = compressing.make(out)) {
                around.write(message);
            }
            compressed.incrementAndGet();
            return out.toByteArray();
        }

        @Override
        public byte[] decompress(SSLEngine engine, int length, byte[] octets) throws IOException {
            decompressed.incrementAndGet();
            return decompressing.make(new ByteArrayInputStream(octets)).readAllBytes();
        }

        @Override
        public int algorithmId() {
            return algorithm.code();
        }

        @Override
        public String toString() {
            return algorithm.name();
        }

        private SslContextBuilder in(SslContextBuilder context) throws Exception {
            var config = OpenSslCertificateCompressionConfig.newBuilder()
                    .addAlgorithm(this, AlgorithmMode.Both)
                    .build();
            return context.sslProvider(SslProvider.OPENSSL)
                    .protocols("TLSv1.3")
                    .trustManager(TestCertificates.ca())
                    .option(OpenSslContextOption.CERTIFICATE_COMPRESSION_ALGORITHMS, config);
        }

        EngineOpposite server(TestIdentity identity) throws Exception {
            var context = in(SslContextBuilder.forServer(identity.key(), identity.chain()));
            return new EngineOpposite(
                    context.clientAuth(ClientAuth.REQUIRE).build().newEngine(ByteBufAllocator.DEFAULT));
        }

        EngineOpposite client(TestIdentity identity) throws Exception {
            var context = in(SslContextBuilder.forClient().keyManager(identity.key(), identity.chain()));
            return new EngineOpposite(context.build().newEngine(ByteBufAllocator.DEFAULT, TestCertificates.HOST, 443));
        }
    }

    static Stream<Streams> algorithms() {
        return Stream.of(
                Streams.of(CertificateCompressionAlgorithm.ZLIB, DeflaterOutputStream::new, InflaterInputStream::new),
                Streams.of(CertificateCompressionAlgorithm.BROTLI, BrotliOutputStream::new, BrotliInputStream::new),
                Streams.of(CertificateCompressionAlgorithm.ZSTD, ZstdOutputStream::new, ZstdInputStream::new));
    }

    private static void assertTalks(End end, EngineOpposite peer) throws Exception {
        peer.meet(end);
        assertTrue(end.connection().session().isPresent(), "the handshake does not end");
        peer.take(end.seal(GREETING));
        assertArrayEquals(GREETING, peer.data());
        end.deliver(peer.send(GREETING));
        end.receive();
        assertArrayEquals(GREETING, end.data());
    }

    private static long compressedBy(End end) {
        return end.events()
                .all(MessageTransferred.class)
                .filter(event -> event.message() instanceof CompressedCertificate)
                .count();
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void weAreTheClientAndItCompresses(Streams streams) throws Exception {
        var end = new End(Tls13.client(TestCertificates.rsaClient())
                .compressingCertificates()
                .build());
        assertTalks(end, streams.server(TestCertificates.rsaServer()));
        assertEquals(1, compressedBy(end));
        assertEquals(1, streams.compressed().get());
        assertEquals(
                TestCertificates.rsaServer().chain(),
                end.connection().session().orElseThrow().peerChain());
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void weAreTheServerAndItDecompresses(Streams streams) throws Exception {
        var end = new End(Tls13.server(TestCertificates.ecServer())
                .asking(ClientAuthentication.NEED)
                .compressingCertificates()
                .build());
        assertTalks(end, streams.client(TestCertificates.rsaClient()));
        assertEquals(1, compressedBy(end));
        assertEquals(1, streams.decompressed().get());
        assertEquals(
                TestCertificates.rsaClient().chain(),
                end.connection().session().orElseThrow().peerChain());
    }
}
