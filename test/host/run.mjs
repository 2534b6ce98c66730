// Starting other programs, with Node's own modules only: this file must work before anything is installed.
import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, echo?: boolean, shell?: boolean, timeout?: number }} [options] echo: show the output as it comes
 * @returns {Promise<{ code: number, output: string }>} code 127 when the program could not be started
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      shell: options.shell ?? false,
      timeout: options.timeout,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const take = (stream) => (chunk) => {
      output += chunk;
      if (options.echo) stream.write(chunk);
    };
    child.stdout.on('data', take(process.stdout));
    child.stderr.on('data', take(process.stderr));
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code, signal) => resolve({ code: code ?? 1, output: signal ? `${output}stopped by ${signal}\n` : output }));
  });
}

/** Runs npm, the one that started us where there is one. */
export function npm(args, options = {}) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js') && /npm-cli\.js$/u.test(cli)) return run(process.execPath, [cli, ...args], options);
  return process.platform === 'win32'
    ? run('npm.cmd', args, { ...options, shell: true })
    : run('npm', args, options);
}

/** Runs npm and throws, with its output, when it fails. */
export async function npmOrThrow(args, options = {}) {
  const { code, output } = await npm(args, options);
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed (${code}):\n${output}`);
}
