package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.event.TlsEvent.HandshakeCompleted;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.RecordingListener;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application offers that says nothing of versions and groups. */
@Timeout(60)
class FirstOfferTest {

    private final RecordingListener told = new RecordingListener();
    private final AlmostTlsProvider provider = new AlmostTlsProvider(() -> told);

    private SSLContext context(KeyManager... keys) throws Exception {
        var context = SSLContext.getInstance("TLS", provider);
        context.init(keys, Contexts.trust(TestCertificates.trustStore()), null);
        return context;
    }

    private void assertPostQuantum() {
        var hello = told.all(MessageTransferred.class)
                .map(MessageTransferred::message)
                .filter(ClientHello.class::isInstance)
                .map(ClientHello.class::cast)
                .findFirst()
                .orElseThrow()
                .extensions();
        assertEquals(
                List.of(ProtocolVersion.TLS_1_3, ProtocolVersion.TLS_1_2),
                hello.find(SupportedVersions.class).orElseThrow().versions());
        assertEquals(
                List.of(NamedGroup.X25519_MLKEM768, NamedGroup.X25519),
                hello.find(SupportedGroups.class).orElseThrow().groups().subList(0, 2));
        assertEquals(
                List.of(NamedGroup.X25519_MLKEM768, NamedGroup.X25519),
                hello.find(KeyShares.class).orElseThrow().entries().stream()
                        .map(KeyShareEntry::group)
                        .toList());
        var groups = told.all(HandshakeCompleted.class)
                .map(event -> event.session().group())
                .toList();
        assertEquals(List.of(Optional.of(NamedGroup.X25519_MLKEM768), Optional.of(NamedGroup.X25519_MLKEM768)), groups);
    }

    @Test
    void enginesBeginWithTheHybridGroupAndAShareOfX25519BesideIt() throws Exception {
        new EnginePair(context(), context(Contexts.keys(TestCertificates.ecServer()))).handshake();
        assertPostQuantum();
    }

    @Test
    void socketsBeginWithTheHybridGroupAndAShareOfX25519BesideIt() throws Exception {
        try (var pair = new SocketPair(context(), context(Contexts.keys(TestCertificates.ecServer())))) {
            pair.handshake();
            assertPostQuantum();
        }
    }
}
