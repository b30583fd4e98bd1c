package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Clock;
import org.almosttls.config.RecordSizes;
import org.almosttls.config.SessionStore;
import org.almosttls.event.TlsEventListener;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.record.PlainProtection;
import org.almosttls.testkit.Expect;
import org.junit.jupiter.api.Test;

class HandshakeRunnerTest {

    /** Refuses whatever its work comes to. */
    private static final class Refusing implements HandshakeState {
        @Override
        public Transition receive(Received in) throws TlsAlertException {
            throw unexpected(in);
        }

        @Override
        public Transition resume(Completion completion) throws TlsAlertException {
            throw Violation.WRONG_SIGNATURE.exception();
        }
    }

    @Test
    void whatAStateRefusesToTakeOverIsErased() throws Exception {
        var reporter = new Reporter(TlsEventListener.none(), Clock.system());
        var inbound = new Inbound(new PlainProtection(0x0303), reporter);
        var outbound = new Outbound(new PlainProtection(0x0303), reporter, RecordSizes.ANY);
        var runner = new HandshakeRunner(
                inbound, outbound, new Established(SessionStore.none(), new Heart(byte[]::new, reporter)), reporter);
        var erased = new AtomicBoolean();
        Completion secrets = new Completion() {
            @Override
            public void close() {
                erased.set(true);
            }
        };
        runner.perform(Transition.to(new Refusing()).delegate(() -> secrets));
        Expect.violation(Violation.WRONG_SIGNATURE, () -> runner.resume(secrets));
        assertTrue(erased.get());
    }
}
