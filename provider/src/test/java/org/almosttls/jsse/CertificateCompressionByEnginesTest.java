package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.config.OnRequest;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.message.CompressedCertificate;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.RecordingListener;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8879 under applications: without a word of theirs, unless the platform's properties rule it out. */
class CertificateCompressionByEnginesTest {

    private static final String CLIENT = "jdk.tls.client.disableExtensions";
    private static final String SERVER = "jdk.tls.server.disableExtensions";

    private final RecordingListener heard = new RecordingListener();
    private final AlmostTlsProvider provider = new AlmostTlsProvider(
            () -> heard,
            new TextbookTerms(() -> false, said -> {}),
            Scope.ANY,
            () -> OnRequest.NOTHING,
            Optional::empty);

    @AfterEach
    void restore() {
        System.clearProperty(CLIENT);
        System.clearProperty(SERVER);
    }

    /** How many certificates were compressed, of two that each end has seen go by. */
    private long compressed() throws Exception {
        var pair = new EnginePair(
                Contexts.named("TLS", provider, TestCertificates.rsaClient()),
                Contexts.named("TLS", provider, TestCertificates.ecServer()));
        pair.server().engine().setNeedClientAuth(true);
        pair.handshake();
        return heard.all(MessageTransferred.class)
                        .filter(event -> event.message() instanceof CompressedCertificate)
                        .count()
                / 2;
    }

    @Test
    void bothEndsCompress() throws Exception {
        assertEquals(2, compressed());
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIENT, SERVER})
    void neitherDoesWhereOneMayNot(String property) throws Exception {
        System.setProperty(property, "status_request, compress_certificate");
        assertEquals(0, compressed());
    }

    @Test
    void otherWordsDoNotMatter() throws Exception {
        System.setProperty(CLIENT, "compress");
        assertEquals(2, compressed());
    }
}
