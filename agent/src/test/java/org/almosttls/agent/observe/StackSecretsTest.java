package org.almosttls.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKey;
import org.almosttls.config.Clock;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.event.TlsEventListener;
import org.junit.jupiter.api.Test;

/** Secrets of the platform's stack, in the shape that it has them in. */
class StackSecretsTest {

    private static final String NAME = "TlsClientHandshakeTrafficSecret";

    private final List<String> told = new ArrayList<>();
    private final StackSecrets secrets = new StackSecrets(new Labels(told), Clock.system());
    private final Object derivation = new Object();

    private record Labels(List<String> told) implements TlsEventListener {

        @Override
        public boolean wants(Kind kind) {
            return kind == Kind.SECRET;
        }

        @Override
        public void on(Moment moment, TlsEvent event) {
            told.add(((SecretDerived) event).label());
        }
    }

    /** As {@code RandomCookie} is. */
    private record Cookie(byte[] randomBytes) {}

    /** As {@code HandshakeContext} is. */
    private record Handshake(Cookie clientHelloRandom) {}

    private record Key(byte[] octets) implements SecretKey {

        private static final long serialVersionUID = 1L;

        @Override
        public String getAlgorithm() {
            return NAME;
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            if (octets.length == 0) throw new UnsupportedOperationException("the device keeps it");
            return octets.length == 1 ? null : octets.clone();
        }
    }

    private void derive(byte[] octets) throws ReflectiveOperationException {
        secrets.derives(derivation, new Handshake(new Cookie(new byte[32])));
        secrets.derived(derivation, NAME, new Key(octets));
    }

    @Test
    void aSecretIsToldUnderItsLabel() throws Exception {
        derive(new byte[32]);
        assertEquals(List.of("CLIENT_HANDSHAKE_TRAFFIC_SECRET"), told);
    }

    @Test
    void aKeyThatADeviceKeepsIsNotToldHoweverItSaysSo() throws Exception {
        derive(new byte[0]);
        derive(new byte[1]);
        assertEquals(List.of(), told);
    }

    @Test
    void whatHasNoLabelIsNotTold() throws Exception {
        secrets.derives(derivation, new Handshake(new Cookie(new byte[32])));
        secrets.derived(derivation, "TlsResumptionMasterSecret", new Key(new byte[32]));
        assertEquals(List.of(), told);
    }
}
