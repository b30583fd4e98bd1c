package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.api.KeyingMaterial;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.TestCertificates;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerOnlyTlsAuthentication;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 5705, RFC 8446 §7.5: Bouncy Castle's client, which exports when its handshake is done, has our keys. */
@Timeout(60)
class KeyingMaterialOfBouncyCastleTest {

    private static final String LABEL = "EXPORTER-interop";
    private static final int LENGTH = 100;
    private static final byte[] NO_DATA = {};
    private static final byte[] SOME = {1, 2, 3};

    /** Keeps what it exports, and takes any certificate. */
    private static final class Exporting extends DefaultTlsClient {

        private final ProtocolVersion version;
        private List<byte[]> exported = List.of();

        Exporting(ProtocolVersion version) {
            super(new BcTlsCrypto(new SecureRandom()));
            this.version = version;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return version.only();
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new ServerOnlyTlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate any) {
                    // The keys are what counts.
                }
            };
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            exported = Stream.of(null, NO_DATA, SOME)
                    .map(it -> context.exportKeyingMaterial(LABEL, it, LENGTH))
                    .toList();
        }
    }

    private static List<ProtocolVersion> versions() {
        return List.of(ProtocolVersion.TLSv12, ProtocolVersion.TLSv13);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void bothEndsExportTheSame(ProtocolVersion version) throws Exception {
        var engine = Contexts.named("TLS", Contexts.OURS, TestCertificates.rsaServer())
                .createSSLEngine();
        engine.setUseClientMode(false);
        var ours = new EngineEnd(engine);
        var theirs = new Exporting(version);
        meet(theirs, ours);
        assertEquals(3, theirs.exported.size());
        byte[][] given = {null, NO_DATA, SOME};
        for (int i = 0; i < given.length; i++)
            assertArrayEquals(
                    theirs.exported.get(i),
                    ((KeyingMaterial) engine).exportKeyingMaterialData(LABEL, given[i], LENGTH));
    }

    private static void meet(Exporting client, EngineEnd ours) throws IOException {
        var protocol = new TlsClientProtocol();
        protocol.connect(client);
        while (protocol.getAvailableOutputBytes() > 0) {
            byte[] toOurs = new byte[protocol.getAvailableOutputBytes()];
            protocol.readOutput(toOurs, 0, toOurs.length);
            ours.deliver(toOurs);
            ours.unwrapAll();
            protocol.offerInput(ours.wrapAll(NO_DATA));
        }
    }
}
