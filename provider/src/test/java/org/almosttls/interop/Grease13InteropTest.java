package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.extension.Extensions;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.registry.ExtensionType;
import org.almosttls.testkit.End;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestSessions;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 8701 with TLS 1.3: other stacks pass over what stands for nothing, as servers and as clients. */
@Timeout(60)
class Grease13InteropTest {

    private final TestSessions sessions = new TestSessions().withTickets(Optional.of(Duration.ofHours(1)));

    @ParameterizedTest
    @EnumSource(Partner.class)
    void serversPassOverWhatOurClientOffers(Partner partner) throws Exception {
        var ours = partner.talk(Tls13.client()
                .sessions(sessions)
                .applicationProtocols("h2")
                .requesting(Feature.GREASE)
                .build());
        assertTrue(ours.connection().session().isPresent());
    }

    @ParameterizedTest
    @EnumSource(Partner.class)
    void clientsPassOverWhatOurServerAsksAndSaysBesideItsTickets(Partner partner) throws Exception {
        var ours = partner.talk(Tls13.server(TestCertificates.ecServer())
                .sessions(sessions)
                .asking(ClientAuthentication.WANT)
                .requesting(Feature.GREASE)
                .build());
        assertEquals(1, with(ours, CertificateRequest13.class, CertificateRequest13::extensions));
        // Bouncy Castle takes no tickets.
        assertEquals(
                partner != Partner.BC_JSSE, with(ours, NewSessionTicket13.class, NewSessionTicket13::extensions) > 0);
    }

    /** How many messages of this kind have something that stands for nothing. */
    private static <M> long with(End ours, Class<M> kind, Function<M, Extensions> extensions) {
        return ours.events()
                .all(MessageTransferred.class)
                .map(MessageTransferred::message)
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(message -> extensions.apply(message).types().stream().anyMatch(ExtensionType::isGrease))
                .count();
    }
}
