package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLEngine;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.message.CompressedCertificate;
import org.almosttls.testkit.End;
import org.almosttls.testkit.EngineOpposite;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;

/**
 * RFC 8879 with BoringSSL, which has its caller compress and decompress, here by streams; it does so for certificates of
 * servers alone.
 */
class CertificateCompressionInteropTest {

    private static final byte[] GREETING = "hello from here\n".getBytes(StandardCharsets.US_ASCII);

    /** Counts what it did. */
    private static final class Streams implements OpenSslCertificateCompressionAlgorithm {

        final AtomicInteger compressed = new AtomicInteger();
        final AtomicInteger decompressed = new AtomicInteger();

        @Override
        public byte[] compress(SSLEngine engine, byte[] message) throws IOException {
            var out = new ByteArrayOutputStream();
            try (var deflating = new DeflaterOutputStream(out)) {
                deflating.write(message);
            }
            compressed.incrementAndGet();
            return out.toByteArray();
        }

        @Override
        public byte[] decompress(SSLEngine engine, int length, byte[] octets) throws IOException {
            decompressed.incrementAndGet();
            return new InflaterInputStream(new ByteArrayInputStream(octets)).readAllBytes();
        }

        @Override
        public int algorithmId() {
            return 1;
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

    @Test
    void weAreTheClientAndItCompresses() throws Exception {
        var streams = new Streams();
        var end = new End(Tls13.client(TestCertificates.rsaClient())
                .compressingCertificates()
                .build());
        assertTalks(end, streams.server(TestCertificates.rsaServer()));
        assertEquals(1, compressedBy(end));
        assertEquals(1, streams.compressed.get());
        assertEquals(
                TestCertificates.rsaServer().chain(),
                end.connection().session().orElseThrow().peerChain());
    }

    @Test
    void weAreTheServerAndItDecompresses() throws Exception {
        var streams = new Streams();
        var end = new End(Tls13.server(TestCertificates.ecServer())
                .asking(ClientAuthentication.NEED)
                .compressingCertificates()
                .build());
        assertTalks(end, streams.client(TestCertificates.rsaClient()));
        assertEquals(1, compressedBy(end));
        assertEquals(1, streams.decompressed.get());
        assertEquals(
                TestCertificates.rsaClient().chain(),
                end.connection().session().orElseThrow().peerChain());
    }
}
