package org.almosttls.jsse;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ApplicationProtocolSelector;
import org.almosttls.config.HandshakeFacts;

/** The function by which an application chooses its protocol during the handshake, if it has set one. */
final class LateSelection {

    private volatile Optional<Function<List<String>, String>> selector = Optional.empty();

    void set(Optional<Function<List<String>, String>> selector) {
        this.selector = selector;
    }

    /**
     * The application's function as it is when the client has offered its protocols, or {@code otherwise}.
     *
     * @param learner told what is known, so that the handshake session answers what the function asks it; and what was chosen
     */
    ApplicationProtocolSelector or(ApplicationProtocolSelector otherwise, Consumer<HandshakeFacts> learner) {
        return new ApplicationProtocolSelector() {
            @Override
            public Optional<String> select(List<String> offered, HandshakeFacts facts) throws TlsAlertException {
                learner.accept(facts);
                var chosen = selector.isPresent() ? ask(selector.get(), offered) : otherwise.select(offered, facts);
                learner.accept(facts.choosing(chosen));
                return chosen;
            }

            @Override
            public Optional<String> foresee(List<String> offered) {
                return selector.isPresent() ? Optional.empty() : otherwise.foresee(offered);
            }
        };
    }

    /** As JSSE has it: null refuses, the empty string goes on without. */
    private static Optional<String> ask(Function<List<String>, String> selector, List<String> offered)
            throws TlsAlertException {
        String answer = selector.apply(List.copyOf(offered));
        if (answer != null && answer.isEmpty()) return Optional.empty();
        if (answer == null || !offered.contains(answer))
            throw Violation.NO_APPLICATION_PROTOCOL.exception("the application accepts none of " + offered);
        return Optional.of(answer);
    }
}
