package org.almosttls.trace;

import java.util.Locale;
import java.util.Optional;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.KeysChanged;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.Hello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;

/** How far a connection has come: under which keys something of it goes; any thread may call. */
final class Course {

    private final Role role;
    private int sent;
    private int received;
    private Optional<ProtocolVersion> version = Optional.empty();
    private boolean early;
    private boolean plainAgain;

    Course(Role role) {
        this.role = role;
    }

    synchronized void take(TlsEvent event) {
        if (event instanceof KeysChanged changed) turn(changed.direction());
        if (event instanceof MessageTransferred transferred) take(transferred.message());
    }

    private void turn(Direction direction) {
        // RFC 8446 §2.3: before the server has answered, only early data has keys.
        if (version.isEmpty()) early = true;
        if (isClients(direction)) plainAgain = false;
        if (direction == Direction.SENT) sent++;
        else received++;
    }

    private void take(HandshakeMessage message) {
        if (message instanceof Hello) version = Optional.of(ProtocolVersion.ALMOST_1);
        // RFC 8446 §4.2.10: with the hello that is asked for again early data is over.
        if (message instanceof ServerHello hello) {
            if (hello.isHelloRetryRequest()) plainAgain = true;
            else version = Optional.of(hello.version());
        }
        if (message instanceof EncryptedExtensions said && said.extensions().has(ExtensionType.EARLY_DATA))
            early = true;
    }

    private boolean isClients(Direction direction) {
        return (role == Role.CLIENT) == (direction == Direction.SENT);
    }

    /** Whether it is known by now that this is TLS before 1.3. */
    synchronized boolean isBefore13() {
        return version.filter(known -> !known.equals(ProtocolVersion.TLS_1_3)).isPresent();
    }

    /** The names of the keys that what goes this way now is under; empty if it is in plaintext. */
    synchronized Optional<String> keys(Direction direction) {
        if (plainAgain && isClients(direction)) return Optional.empty();
        return keys(direction, direction == Direction.SENT ? sent : received);
    }

    /** The names of the keys that this direction turned to at its so many-eth turn; empty before the first. */
    synchronized Optional<String> keys(Direction direction, int turns) {
        if (turns == 0) return Optional.empty();
        if (version.isEmpty()) return Optional.of("client_early_traffic_secret");
        var sender = isClients(direction) ? Role.CLIENT : Role.SERVER;
        if (version.get().equals(ProtocolVersion.ALMOST_1))
            return Optional.of(sender == Role.CLIENT ? "E_B M_B" : "E_A M_A");
        var name = sender.name().toLowerCase(Locale.ROOT);
        // RFC 5246 §6.3: they have one name, whichever handshake they are of.
        if (!version.get().equals(ProtocolVersion.TLS_1_3)) return Optional.of(name + "_write_key");
        return Optional.of(name + stage(turns - (early && sender == Role.CLIENT ? 1 : 0)));
    }

    /** RFC 8446 §7.1, §7.2: the secrets that one sender's keys come of, one after the other. */
    private static String stage(int turn) {
        return switch (turn) {
            case 0 -> "_early_traffic_secret";
            case 1 -> "_handshake_traffic_secret";
            default -> "_application_traffic_secret_" + (turn - 2);
        };
    }
}
