package org.almosttls.handshake.tls13.client;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.SelectedVersion;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.DuringHandshake;
import org.almosttls.message.ServerHello;

/** The client has offered again, as it was asked to (RFC 8446 §4.1.4); now the server must answer. */
record WaitSecondServerHello(Offer offer) implements DuringHandshake {

    @Override
    public Transition take(Received in) throws TlsAlertException {
        if (!(in.message() instanceof ServerHello answer)) throw unexpected(in);
        Violation.DUPLICATE_EXTENSION.when(answer.extensions().hasDuplicates());
        var selected = answer.extensions().find(SelectedVersion.class).map(SelectedVersion::version);
        // RFC 8446 §4.1.4: the same version as HelloRetryRequest.
        if (!selected.equals(Optional.of(offer.version())))
            throw Violation.VERSION_NOT_OFFERED.exception(
                    selected.orElse(answer.legacyVersion()).jsseName());
        for (var type : answer.extensions().types())
            if (type.isGrease() || !offer.hello().extensions().has(type))
                throw Violation.EXTENSION_NOT_OFFERED.exception(type.name());
        return new ServerAnswer(offer, answer, in).begin();
    }

    @Override
    public void close() {
        offer.close();
    }
}
