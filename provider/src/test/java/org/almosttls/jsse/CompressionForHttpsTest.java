package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.config.OnRequest;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.event.TlsEventListener;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeDecoder;
import org.junit.jupiter.api.Test;

/** Where names are checked as HTTPS has it, cookies are sent, and nothing is compressed beside them (CRIME). */
class CompressionForHttpsTest {

    private static final int RECORD_HEADER = 5;

    @Test
    void nothingIsOfferedForHttpsThoughItIsRequested() throws Exception {
        assertArrayEquals(new byte[] {0}, offered("HTTPS"));
    }

    @Test
    void itIsOfferedOtherwise() throws Exception {
        assertArrayEquals(new byte[] {1, 0}, offered("LDAPS"));
    }

    private static byte[] offered(String identification) throws Exception {
        var textbook = new TextbookTerms(() -> false, said -> {});
        var provider = new AlmostTlsProvider(
                TlsEventListener::none, textbook, Scope.ANY, () -> OnRequest.of(Feature.COMPRESSION), Optional::empty);
        var context = SSLContext.getInstance("TLSv1.2", provider);
        context.init(null, null, null);
        var engine = context.createSSLEngine("server.example", 443);
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(identification);
        engine.setSSLParameters(parameters);
        var network = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), network);
        byte[] hello = Arrays.copyOfRange(network.array(), RECORD_HEADER, network.position());
        return ((ClientHello) HandshakeDecoder.HELLOS.decode(hello)).compressionMethods();
    }
}
