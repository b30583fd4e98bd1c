package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.Map;
import java.util.Optional;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.weak.WeakTable;

/**
 * Whether who reads just now goes on to make an engine, or to begin a handshake, in the same method: the engine depends on
 * what it reads, as where a server looks for the name of its host in a ClientHello. No plaintext is read so.
 */
final class EngineReaders {

    private static final String OURS = "org.almosttls.agent.";
    private static final Module PLATFORM = Object.class.getModule();

    private final StackWalker stack = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
    private final WeakTable<Class<?>, Map<String, Integer>> known = new WeakTable<>();
    private final EngineClasses classes;

    EngineReaders(EngineClasses classes) {
        this.classes = classes;
    }

    boolean areReading() {
        Optional<StackFrame> reader =
                stack.walk(frames -> frames.filter(EngineReaders::isOthers).findFirst());
        if (reader.isEmpty()) return false;
        StackFrame frame = reader.get();
        Integer last = makers(frame.getDeclaringClass()).get(frame.getMethodName() + frame.getDescriptor());
        return last != null && last > frame.getByteCodeIndex();
    }

    /** Neither the platform's, by which channels are read, nor ours. */
    private static boolean isOthers(StackFrame frame) {
        Class<?> type = frame.getDeclaringClass();
        return type.getModule() != PLATFORM && !type.getName().startsWith(OURS);
    }

    private Map<String, Integer> makers(Class<?> type) {
        Map<String, Integer> before = known.get(type);
        if (before != null) return before;
        Map<String, Integer> found = found(type);
        known.put(type, found);
        return found;
    }

    /** Of one that cannot be read nothing is known, and it is not tried again. */
    private Map<String, Integer> found(Class<?> type) {
        try {
            return classes.makers(type);
        } catch (IOException | RuntimeException unreadable) {
            AgentBridge.countFailure();
            return Map.of();
        }
    }
}
