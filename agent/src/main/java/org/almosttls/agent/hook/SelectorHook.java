package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.ChannelBridge;

/** Where a selector waits: what is decrypted already can be read, and the network does not tell of it. */
final class SelectorHook implements AdviceHook {

    static final String EPOLL = "sun.nio.ch.EPollSelectorImpl";
    static final String POLL = "sun.nio.ch.PollSelectorImpl";

    @Override
    public boolean fits(TypeDescription type) {
        return type.getDeclaredMethods().filter(select()).size() == 1;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(Select.class).on(select()));
    }

    private static ElementMatcher.Junction<MethodDescription> select() {
        return named("doSelect").and(takesArguments(Consumer.class, long.class)).and(returns(int.class));
    }

    /** Of {@code doSelect}. */
    static final class Select {

        private Select() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.This Object selector, @Advice.Argument(value = 1, readOnly = false) long millis) {
            millis = ChannelBridge.patience(selector, millis);
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object selector,
                @Advice.Argument(0) Consumer<SelectionKey> action,
                @Advice.Return(readOnly = false) int count)
                throws IOException {
            count = count + ChannelBridge.selected(selector, action);
        }
    }
}
